require('./index.js').sweep()
