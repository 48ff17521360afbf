if (parseInt(process.versions.node) >= 20) require('./index.js').pre()
else console.log('::warning::commit-status needs Node 20 or newer; this runner has Node VERSION.'.replace('VERSION', process.versions.node))
