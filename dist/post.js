require('./index.js').post()
