if (parseInt(process.versions.node) >= 20) require('./index.js').combined()
else console.log('::error::commit-status needs Node 20 or newer; this runner has Node VERSION.'.replace('VERSION', process.versions.node)), process.exitCode = 1
