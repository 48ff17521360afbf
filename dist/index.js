/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 601:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   SM: () => (/* binding */ takesRequest),
/* harmony export */   VV: () => (/* binding */ modeOf),
/* harmony export */   ax: () => (/* binding */ fingerprintOf),
/* harmony export */   w_: () => (/* binding */ commitKeyOf)
/* harmony export */ });
/* harmony import */ var _runner_env_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(676);

function modeOf(env) {
    if ((0,_runner_env_js__WEBPACK_IMPORTED_MODULE_0__/* .inputText */ .AN)(env, 'enabled').toLowerCase() === 'false')
        return 'off';
    const [state, needs, statuses] = ['state', 'needs', 'statuses'].map((name) => (0,_runner_env_js__WEBPACK_IMPORTED_MODULE_0__/* .inputText */ .AN)(env, name).toLowerCase());
    if (state === '' || needs === '' || statuses === '')
        return 'unknown';
    return state === 'job' && needs === 'none' && statuses === 'none' ? 'follow' : 'once';
}
const COMMIT = ['sha', 'pull_request', 'repository', 'api_url'];
const OPENING = ['enabled', 'state', 'needs', 'statuses', 'context', 'matrix', ...COMMIT];
function takesRequest(env) {
    if (!['', 'none'].includes((0,_runner_env_js__WEBPACK_IMPORTED_MODULE_0__/* .inputText */ .AN)(env, 'pull_request')))
        return true;
    return env.GITHUB_EVENT_NAME === 'issue_comment' && (0,_runner_env_js__WEBPACK_IMPORTED_MODULE_0__/* .inputText */ .AN)(env, 'sha') === 'event';
}
function fingerprintOf(env) {
    return hashOf(env, OPENING);
}
function commitKeyOf(env) {
    return hashOf(env, COMMIT);
}
function hashOf(env, names) {
    return shortHash(JSON.stringify(names.map((name) => (0,_runner_env_js__WEBPACK_IMPORTED_MODULE_0__/* .inputText */ .AN)(env, name))));
}
function placeOf(env) {
    const path = env.GITHUB_ACTION_PATH ?? '';
    return path === '' ? '' : shortHash(path);
}
function shortHash(text) {
    let [one, other] = [5381, 52711];
    for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        one = Math.imul(one, 33) ^ code;
        other = Math.imul(other, 65599) ^ code;
    }
    return (one >>> 0).toString(36) + (other >>> 0).toString(36);
}


/***/ }),

/***/ 770:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AH: () => (/* binding */ formatOutputs),
/* harmony export */   Q9: () => (/* binding */ noOutputs),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   mS: () => (/* binding */ IN_PROGRESS),
/* harmony export */   qq: () => (/* binding */ readyUnchecked),
/* harmony export */   s7: () => (/* binding */ readyFrom),
/* harmony export */   yA: () => (/* binding */ pendingLink)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _runner_env_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(676);
/* harmony import */ var _status_link_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(795);
/* harmony import */ var _status_state_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(594);
/* harmony import */ var _mode_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(601);





const NONE = {
    state: '',
    context: '',
    description: '',
    target_url: '',
    sha: '',
    id: '',
    published: 'false',
    statuses: '[]',
};
function noOutputs(isDone = false) {
    return { ...NONE, published: String(isDone) };
}
function outputsOf(all, isList = false) {
    const [first] = all;
    if (first === undefined)
        return noOutputs();
    const there = all.filter(({ id }) => id !== '');
    const lines = (key) => all.map((one) => (one.id === '' ? '' : one[key])).join('\n');
    return {
        state: (0,_status_state_js__WEBPACK_IMPORTED_MODULE_2__/* .worstOf */ .hm)(all.map(({ state }) => state)),
        context: lines('context'),
        description: isList ? '' : first.description,
        target_url: isList ? '' : first.target_url,
        sha: lines('sha'),
        id: lines('id'),
        published: String(there.length === all.length),
        statuses: JSON.stringify(there.map(({ id, ...one }) => ({ ...one, id: Number(id) }))),
    };
}
function formatOutputs(outputs) {
    const values = Object.values(outputs).join('\n');
    let end = 'end';
    while (values.includes(end))
        end += '_';
    return Object.entries(outputs)
        .map(([name, value]) => `${name}<<${end}${node_os__WEBPACK_IMPORTED_MODULE_0__.EOL}${value}${node_os__WEBPACK_IMPORTED_MODULE_0__.EOL}${end}${node_os__WEBPACK_IMPORTED_MODULE_0__.EOL}`)
        .join('');
}
function readyFrom(memory, env) {
    const [opened] = memory.opened;
    const isSame = memory.fingerprint === (0,_mode_js__WEBPACK_IMPORTED_MODULE_3__/* .fingerprintOf */ .ax)(env) && (0,_mode_js__WEBPACK_IMPORTED_MODULE_3__/* .modeOf */ .VV)(env) === 'follow';
    const isOpen = opened?.statuses.every(({ id }) => /^\d+$/.test(id));
    if (!isSame || !isOpen || opened === undefined || memory.opened.length > 1)
        return undefined;
    return {
        outputs: outputsOf(publishedIn(opened, pendingLink((0,_runner_env_js__WEBPACK_IMPORTED_MODULE_1__/* .jobOf */ .Zw)(env), opened.targetUrl))),
        line: 'Already pending; the result follows in the post step.',
    };
}
function readyUnchecked(env) {
    const { STATE_memory: saved = '', GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_PATH } = env;
    const isDirect = Boolean(GITHUB_ACTION_REPOSITORY) && !GITHUB_ACTION_PATH;
    if (!isDirect || saved === '')
        return undefined;
    try {
        return readyFrom(JSON.parse(saved.slice(saved.indexOf('.') + 1)), env);
    }
    catch {
        return undefined;
    }
}
function publishedIn({ statuses, sha, description }, link) {
    return statuses.map(({ context, id }) => ({
        context,
        sha,
        id,
        state: 'pending',
        description: description ?? IN_PROGRESS,
        target_url: link,
    }));
}
function pendingLink(job, targetUrl = '') {
    return (0,_status_link_js__WEBPACK_IMPORTED_MODULE_4__/* .jobLink */ .mC)(job, 'follows') ?? targetUrl;
}
const IN_PROGRESS = 'In progress';


/***/ }),

/***/ 676:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AN: () => (/* binding */ inputText),
/* harmony export */   GQ: () => (/* binding */ runnerPlatform),
/* harmony export */   Zw: () => (/* binding */ jobOf),
/* harmony export */   os: () => (/* binding */ unexpected),
/* harmony export */   tv: () => (/* binding */ workflowName)
/* harmony export */ });
/* harmony import */ var _status_platform_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(268);
/* harmony import */ var _status_url_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(694);


function inputText(env, name) {
    return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}
function unexpected(error) {
    const { code, syscall = '', message, } = error instanceof Error ? error : new Error(String(error));
    const isUnwritten = ['open', 'write'].includes(syscall) || message.startsWith('Missing file');
    return isUnwritten
        ? `A file of the runner could not be written (${code ?? 'it is missing'}): free some space on its disk, and check that a step has not removed or locked the file.`
        : `Unexpected error; please report it: ${message}`;
}
function jobOf(env) {
    const platform = runnerPlatform(env);
    return {
        server: (0,_status_url_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutSlashes */ .C2)(env.GITHUB_SERVER_URL ?? ''),
        repository: env.GITHUB_REPOSITORY ?? '',
        platform,
        run: digits(platform.hasJobIds ? env.GITHUB_RUN_ID : env.GITHUB_RUN_NUMBER),
        attempt: Number(digits(env.GITHUB_RUN_ATTEMPT, 9)) || 1,
        job: platform.hasJobIds ? digits(inputText(env, 'check_run_id')) : '',
    };
}
function runnerPlatform(env) {
    return (0,_status_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .platformOf */ .tj)(env.GITHUB_API_URL ?? '');
}
function digits(text = '', most = 20) {
    return /^\d+$/.test(text) && text.length <= most ? text : '';
}
function workflowName(env) {
    const [path = ''] = (env.GITHUB_WORKFLOW_REF ?? '').split('@');
    return env.GITHUB_WORKFLOW || (path.split('/').at(-1) ?? '');
}


/***/ }),

/***/ 737:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _p: () => (/* binding */ pathsTo),
/* harmony export */   at: () => (/* binding */ at),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
function isRecord(value) {
    return typeof value === 'object' && value !== null;
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}
function at(value, path) {
    return path.split('.').reduce((inner, key) => {
        return isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
    }, value);
}
function pathsTo(isAsked, value, path, levels) {
    if (!isRecord(value))
        return isAsked(value) ? [path] : [];
    if (levels === 0)
        return [];
    return Object.entries(value).flatMap(([key, inner]) => pathsTo(isAsked, inner, `${path}${keyOf(key)}`, levels - 1));
}
function keyOf(key) {
    if (/^\d+$/.test(key))
        return `[${key}]`;
    return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `['${key.replaceAll("'", "''")}']`;
}
const DEEPEST = 50;
function parseJson(text) {
    try {
        const value = JSON.parse(text);
        return isDeeper(value, DEEPEST) ? { reason: `more than ${DEEPEST} levels` } : { value };
    }
    catch (error) {
        return { reason: error instanceof Error ? error.message : String(error) };
    }
}
function isDeeper(value, levels) {
    if (!isRecord(value))
        return false;
    return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}


/***/ }),

/***/ 795:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ap: () => (/* binding */ parseLink),
/* harmony export */   Dv: () => (/* binding */ isGiteaJobOf),
/* harmony export */   GO: () => (/* binding */ isOurJob),
/* harmony export */   Vx: () => (/* binding */ parseServerLink),
/* harmony export */   ZZ: () => (/* binding */ pageOf),
/* harmony export */   bi: () => (/* binding */ isSameExecution),
/* harmony export */   cl: () => (/* binding */ isGreaterId),
/* harmony export */   mC: () => (/* binding */ jobLink)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(737);

const GITHUB_PAGE = /^(?<run>\d{1,20})(?:\/attempts\/(?<attempt>\d{1,9}))?(?:\/job\/(?<job>\d{1,20}))?(?:[/?][^#]*)?(?:#(?<fragment>.*))?$/s;
const RUNS = /^\/([^/?#]+\/[^/?#]+)\/actions\/runs\/(.*)$/s;
const GITEA_PAGE = /^(?<run>\d{1,20})\?by_index=1(?:&[^#]*)?(?:#(?<fragment>.*))?$/s;
const GITEA_JOB = /^(?<run>\d{1,20})\/jobs\/\d{1,20}(?:[/?#].*)?$/s;
function jobLink(job, mark) {
    if (job.server === '' || job.repository === '' || job.run === '')
        return undefined;
    const parts = [job.attempt > 1 ? `attempt-${job.attempt}` : '', mark ?? ''].filter(Boolean);
    const fragment = parts.length === 0 ? '' : `#${parts.join(',')}`;
    const run = `${job.server}/${job.repository}/actions/runs/${job.run}`;
    if (!job.platform.hasJobIds)
        return `${run}?by_index=1${fragment}`;
    return `${run}${job.job === '' ? '' : `/job/${job.job}`}${fragment}`;
}
function parseLink(link, place) {
    return pageAt(afterRuns(link, place), place);
}
function parseServerLink(link, place) {
    return pageAt(afterRuns(link, place, place.platform.hasJobIds), place);
}
function pageAt(rest, { server, platform }) {
    const groups = (platform.hasJobIds ? GITHUB_PAGE : GITEA_PAGE).exec(rest)?.groups;
    if (server === '' || !groups?.run)
        return undefined;
    const parts = (groups.fragment ?? '').split(',');
    const said = parts.flatMap((part) => /^attempt-(\d{1,9})$/.exec(part)?.[1] ?? []);
    const attempt = groups.attempt ?? said[0];
    const mark = ['follows', 'passed'].find((one) => parts.includes(one));
    const isVague = attempt === undefined && mark === undefined && groups.job === undefined;
    return {
        run: withoutZeros(groups.run),
        attempt: Math.max(1, Number(attempt ?? 1)),
        job: withoutZeros(groups.job ?? ''),
        ...(mark && { mark }),
        ...(isVague && { isVague }),
    };
}
function pageOf({ run, attempt, job, platform }) {
    return { run: withoutZeros(run), attempt, job: platform.hasJobIds ? withoutZeros(job) : '' };
}
function isSameExecution(one, other) {
    return one.run === other.run && one.attempt === other.attempt;
}
function isOurJob(link, job) {
    const page = parseLink(link, job);
    const ours = pageOf(job);
    return page !== undefined && isSameExecution(page, ours) && page.job === ours.job;
}
function isGiteaJobOf(link, place, ids) {
    const server = place.server.replace(/^https?:\/\/[^/]*/i, '');
    const rest = afterRuns(link, place) || afterRuns(link, { ...place, server });
    const run = GITEA_JOB.exec(rest)?.groups?.run;
    return (!place.platform.hasJobIds &&
        run !== undefined &&
        ids.map(withoutZeros).includes(withoutZeros(run)));
}
function isGreaterId(one, other) {
    if (one === '' || other === '')
        return false;
    return BigInt(one) > BigInt(other);
}
function afterRuns(link, { server, repository }, isAny = false) {
    const lower = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(link).toLowerCase();
    if (!lower.startsWith(`${server}/`.toLowerCase()))
        return '';
    const [, name, rest = ''] = RUNS.exec(lower.slice(server.length)) ?? [];
    return isAny || name === repository.toLowerCase() ? rest : '';
}
function withoutZeros(id) {
    return id.replace(/^0+(?=\d)/, '');
}


/***/ }),

/***/ 268:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U0: () => (/* binding */ GITHUB),
/* harmony export */   tj: () => (/* binding */ platformOf)
/* harmony export */ });
/* unused harmony export GITEA */
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(694);

const GITHUB = {
    ignoresCase: true,
    hasJobIds: true,
    hasCheckRuns: true,
    tellsJobStatus: true,
    keepsTokens: true,
    hasLongAnnotations: true,
    hasStatusPermission: true,
    refPrefix: /^refs\//,
    filePages: 'blob',
};
const GITEA = {
    ignoresCase: false,
    hasJobIds: false,
    hasCheckRuns: false,
    tellsJobStatus: false,
    keepsTokens: false,
    hasLongAnnotations: false,
    hasStatusPermission: false,
    refPrefix: /^(refs\/)?(heads\/|tags\/)/,
    filePages: 'src',
};
function platformOf(apiUrl) {
    return (0,_url_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutSlashes */ .C2)(apiUrl).endsWith('/api/v1') ? GITEA : GITHUB;
}


/***/ }),

/***/ 594:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F3: () => (/* binding */ rollUp),
/* harmony export */   Fr: () => (/* binding */ CONCLUSIONS),
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   Wy: () => (/* binding */ labelOf),
/* harmony export */   hm: () => (/* binding */ worstOf),
/* harmony export */   q9: () => (/* binding */ WORDS),
/* harmony export */   xj: () => (/* binding */ STATES),
/* harmony export */   y9: () => (/* binding */ DEFAULT_WORD_STATES)
/* harmony export */ });
const STATES = ['failure', 'error', 'pending', 'success'];
const MEANING = {
    success: { state: 'success', label: 'Successful', endsRun: true },
    neutral: { state: 'success', label: 'Neutral', endsRun: true },
    failure: { state: 'failure', label: 'Failed', endsRun: true },
    timed_out: { state: 'failure', label: 'Timed out', endsRun: true },
    error: { state: 'error', label: 'Error' },
    startup_failure: { state: 'error', label: 'Failed to start', endsRun: true },
    stale: { state: 'error', label: 'Stale', endsRun: true },
    abandoned: { state: 'error', label: 'Abandoned' },
    pending: { state: 'pending', label: 'Pending' },
    action_required: { state: 'pending', label: 'Action required', endsRun: true },
    queued: { state: 'pending', label: 'Queued' },
    requested: { state: 'pending', label: 'Requested' },
    in_progress: { state: 'pending', label: 'In progress' },
    waiting: { state: 'pending', label: 'Waiting' },
    cancelled: { state: 'error', label: 'Cancelled', endsRun: true },
    skipped: { state: 'error', label: 'Skipped', endsRun: true },
};
const WORDS = Object.keys(MEANING);
const CONCLUSIONS = WORDS.filter((word) => MEANING[word]?.endsRun);
const DEFAULT_WORD_STATES = { cancelled: 'error', skipped: 'error' };
function stateOf(word, choices) {
    if (word === 'cancelled')
        return choices.cancelled;
    if (word === 'skipped')
        return choices.skipped;
    return meaningOf(word)?.state;
}
function labelOf(word) {
    return meaningOf(word)?.label;
}
function meaningOf(word) {
    return Object.hasOwn(MEANING, word) ? MEANING[word] : undefined;
}
function worstOf(states) {
    return STATES.find((candidate) => states.includes(candidate)) ?? 'success';
}
function rollUp(results) {
    const state = worstOf(results.map((result) => result.state));
    return { state, counting: results.filter((result) => result.state === state) };
}


/***/ }),

/***/ 694:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BD: () => (/* binding */ ADDRESS),
/* harmony export */   C2: () => (/* binding */ withoutSlashes),
/* harmony export */   Dl: () => (/* binding */ parseUrl),
/* harmony export */   G5: () => (/* binding */ withoutPassword),
/* harmony export */   iI: () => (/* binding */ targetUrlOf)
/* harmony export */ });
const ADDRESS = 'an address that starts with http:// or https:// and has at most 2,000 characters';
const LONGEST = 2_000;
function withoutSlashes(text) {
    let end = text.length;
    while (text.charAt(end - 1) === '/')
        end--;
    return text.slice(0, end);
}
function parseUrl(text) {
    return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}
function targetUrlOf(value) {
    if (value === '')
        return '';
    const url = parseUrl(value);
    if (url === undefined || url.href.length > LONGEST)
        return undefined;
    return /^https?:\/\/\w[\x21-\x7e]*$/i.test(value) ? value : url.href;
}
function withoutPassword(address) {
    return address.replace(/^([a-z]*:?\/+)?.*@/is, '$1***@');
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

/***/ 760:
/***/ ((module) => {

module.exports = require("node:path");

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

/***/ 23:
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
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _publish_mode_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(601);
/* harmony import */ var _publish_outputs_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(770);
/* harmony import */ var _runner_env_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(676);





async function pre() {
    const mode = (0,_publish_mode_js__WEBPACK_IMPORTED_MODULE_2__/* .modeOf */ .VV)(process.env);
    const hasNothingToDo = mode === 'off' || (mode === 'once' && !(0,_publish_mode_js__WEBPACK_IMPORTED_MODULE_2__/* .takesRequest */ .SM)(process.env));
    if (!hasNothingToDo || !process.env.GITHUB_STATE)
        return run('pre');
    append('pre', process.env.GITHUB_STATE, `memory=${node_os__WEBPACK_IMPORTED_MODULE_1__.EOL}`);
}
async function main() {
    const ready = (0,_publish_outputs_js__WEBPACK_IMPORTED_MODULE_3__/* .readyUnchecked */ .qq)(process.env);
    if (ready === undefined || !process.env.GITHUB_OUTPUT)
        return run('main');
    append('main', process.env.GITHUB_OUTPUT, (0,_publish_outputs_js__WEBPACK_IMPORTED_MODULE_3__/* .formatOutputs */ .AH)(ready.outputs));
    say(ready.line);
}
async function post() {
    const saved = process.env.STATE_memory;
    if (saved)
        return run('post');
    if (saved === undefined)
        say('Nothing is published: the earlier stages saved no state.');
}
const combined = () => run('combined');
const list = () => run('list');
const sweep = () => run('sweep');
function say(line) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(1, `${line}\n`);
}
function append(stage, path, text) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(path, text);
    }
    catch (error) {
        complain(stage, (0,_runner_env_js__WEBPACK_IMPORTED_MODULE_4__/* .unexpected */ .os)(error));
    }
}
function complain(stage, message) {
    say(`::${stage === 'pre' ? 'warning' : 'error'}::${message}`);
    if (stage !== 'pre')
        process.exitCode = 1;
}
async function run(stage) {
    const { GITHUB_EVENT_PATH: path } = process.env;
    delete process.env.GITHUB_EVENT_PATH;
    const stages = await Promise.all(/* import() */[__nccwpck_require__.e(747), __nccwpck_require__.e(0)]).then(__nccwpck_require__.bind(__nccwpck_require__, 876)).catch(() => undefined);
    if (path !== undefined)
        process.env.GITHUB_EVENT_PATH = path;
    if (stages !== undefined)
        return stages.run(stage);
    complain(stage, 'commit-status cannot start: `https_proxy` must be an address such as http://HOST:PORT.');
}

module.exports = __webpack_exports__;
/******/ })()
;