if (parseInt(process.versions.node) >= 20) require('./index.js').post()
