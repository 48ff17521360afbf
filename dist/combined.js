require('./index.js').combined()
