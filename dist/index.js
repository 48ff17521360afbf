/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 709:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AO: () => (/* binding */ readyOutputs),
/* harmony export */   FF: () => (/* binding */ without),
/* harmony export */   I9: () => (/* binding */ recall),
/* harmony export */   kY: () => (/* binding */ remember)
/* harmony export */ });
function recall(env) {
    return parse(env.STATE_memory);
}
function readyOutputs(env) {
    return parse(env.STATE_ready);
}
function parse(text) {
    return text ? JSON.parse(text) : undefined;
}
/** Says what there is to remember; nothing where there neither is nor was anything, so that post has nothing to load. */
function remember(runner, memory) {
    const isNews = memory.opened.length > 0 || memory.readOnly || recall(runner.env) !== undefined;
    if (isNews)
        runner.saveState('memory', JSON.stringify(memory));
}
/** What is left of `opened` without these contexts of a commit. */
function without(opened, { repository, commit }, contexts) {
    const names = contexts.map((name) => name.toLowerCase());
    return opened
        .map((one) => one.repository === repository && JSON.stringify(one.commit) === JSON.stringify(commit)
        ? { ...one, contexts: one.contexts.filter((name) => !names.includes(name.toLowerCase())) }
        : one)
        .filter((one) => one.contexts.length > 0);
}


/***/ }),

/***/ 601:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Rj: () => (/* binding */ fingerprint),
/* harmony export */   lS: () => (/* binding */ raw),
/* harmony export */   oQ: () => (/* binding */ intentOf)
/* harmony export */ });
/** The text of an input, without the white space around it; empty where it is not given. */
function raw(env, name) {
    return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}
/** Whether the root action is switched off, follows its job, or publishes once in main. */
function intentOf(env) {
    if (raw(env, 'enabled').toLowerCase() === 'false')
        return 'off';
    return raw(env, 'needs') === '' && raw(env, 'state').toLowerCase() === 'job' ? 'follow' : 'once';
}
/** The inputs that decide where and whether a status is opened: while they stay, `main` has nothing to add to `pre`. */
function fingerprint(env) {
    const names = ['enabled', 'state', 'needs', 'context', 'matrix', 'sha', 'repository', 'api_url'];
    return JSON.stringify(names.map((name) => raw(env, name)));
}


/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = require("assert");

/***/ }),

/***/ 982:
/***/ ((module) => {

module.exports = require("crypto");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = require("events");

/***/ }),

/***/ 896:
/***/ ((module) => {

module.exports = require("fs");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = require("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = require("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = require("net");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = require("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = require("node:fs");

/***/ }),

/***/ 67:
/***/ ((module) => {

module.exports = require("node:http");

/***/ }),

/***/ 708:
/***/ ((module) => {

module.exports = require("node:https");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = require("node:os");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = require("os");

/***/ }),

/***/ 928:
/***/ ((module) => {

module.exports = require("path");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = require("tls");

/***/ }),

/***/ 404:
/***/ ((module) => {

module.exports = require("util");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/******/ 	// expose the modules object (__webpack_modules__)
/******/ 	__nccwpck_require__.m = __webpack_modules__;
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/ensure chunk */
/******/ 	(() => {
/******/ 		__nccwpck_require__.f = {};
/******/ 		// This file contains only the entry chunk.
/******/ 		// The chunk loading function for additional chunks
/******/ 		__nccwpck_require__.e = (chunkId) => {
/******/ 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 				__nccwpck_require__.f[key](chunkId, promises);
/******/ 				return promises;
/******/ 			}, []));
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/get javascript chunk filename */
/******/ 	(() => {
/******/ 		// This function allow to reference async chunks
/******/ 		__nccwpck_require__.u = (chunkId) => {
/******/ 			// return url for filenames based on template
/******/ 			return "" + chunkId + ".index.js";
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/require chunk loading */
/******/ 	(() => {
/******/ 		// no baseURI
/******/ 		
/******/ 		// object to store loaded chunks
/******/ 		// "1" means "loaded", otherwise not loaded yet
/******/ 		var installedChunks = {
/******/ 			792: 1
/******/ 		};
/******/ 		
/******/ 		// no on chunks loaded
/******/ 		
/******/ 		var installChunk = (chunk) => {
/******/ 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
/******/ 			for(var moduleId in moreModules) {
/******/ 				if(__nccwpck_require__.o(moreModules, moduleId)) {
/******/ 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
/******/ 				}
/******/ 			}
/******/ 			if(runtime) runtime(__nccwpck_require__);
/******/ 			for(var i = 0; i < chunkIds.length; i++)
/******/ 				installedChunks[chunkIds[i]] = 1;
/******/ 		
/******/ 		};
/******/ 		
/******/ 		// require() chunk loading for javascript
/******/ 		__nccwpck_require__.f.require = (chunkId, promises) => {
/******/ 			// "1" is the signal for "already loaded"
/******/ 			if(!installedChunks[chunkId]) {
/******/ 				if(true) { // all chunks have JS
/******/ 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
/******/ 				} else installedChunks[chunkId] = 1;
/******/ 			}
/******/ 		};
/******/ 		
/******/ 		// no external install chunk
/******/ 		
/******/ 		// no HMR
/******/ 		
/******/ 		// no HMR manifest
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};
__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   combined: () => (/* binding */ combined),
/* harmony export */   list: () => (/* binding */ list),
/* harmony export */   main: () => (/* binding */ main),
/* harmony export */   post: () => (/* binding */ post),
/* harmony export */   pre: () => (/* binding */ pre),
/* harmony export */   sweep: () => (/* binding */ sweep)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _publish_memory_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(709);
/* harmony import */ var _publish_mode_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(601);



/** Opens the status. A stage with nothing to do loads nothing: three of them run in every job. */
async function pre() {
    if ((0,_publish_mode_js__WEBPACK_IMPORTED_MODULE_1__/* .intentOf */ .oQ)(process.env) === 'follow')
        await run('pre');
}
/** Sets the outputs that pre has left ready, or publishes. */
async function main() {
    const ready = (0,_publish_memory_js__WEBPACK_IMPORTED_MODULE_2__/* .readyOutputs */ .AO)(process.env);
    if (ready?.fingerprint === (0,_publish_mode_js__WEBPACK_IMPORTED_MODULE_1__/* .fingerprint */ .Rj)(process.env) && process.env.GITHUB_OUTPUT) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(process.env.GITHUB_OUTPUT, ready.outputs);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(1, `${ready.said}\n`); // `process.stdout` takes longer to load than all else here
    }
    else {
        await run('main');
    }
}
/** Settles what was opened. */
async function post() {
    if (process.env.STATE_memory)
        await run('post');
}
const combined = () => run('combined');
const list = () => run('list');
const sweep = () => run('sweep');
async function run(stage) {
    const stages = await Promise.all(/* import() */[__nccwpck_require__.e(925), __nccwpck_require__.e(239)]).then(__nccwpck_require__.bind(__nccwpck_require__, 23)).catch(() => undefined);
    if (stages !== undefined)
        return stages.run(stage);
    // At import, the toolkit reads the event's file and the proxy's address. Neither is quoted: it may hold a password.
    const said = 'commit-status cannot start: `https_proxy` must be an address such as http://HOST:PORT, and the event JSON.';
    process.stdout.write(`::${stage === 'pre' ? 'warning' : 'error'}::${said}\n`);
    if (stage !== 'pre')
        process.exitCode = 1;
}

module.exports = __webpack_exports__;
/******/ })()
;