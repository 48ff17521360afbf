require('./index.js').list()
