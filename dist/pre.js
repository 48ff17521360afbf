require('./index.js').pre()
