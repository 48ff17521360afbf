"use strict";
exports.id = 0;
exports.ids = [0];
exports.modules = {

/***/ 876:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

;// CONCATENATED MODULE: ./lib/github/budgets.js
function upTo(usual, ifAsked = usual) {
    return { usual, ifAsked };
}
function plus({ usual, ifAsked }, milliseconds) {
    return { usual: usual + milliseconds, ifAsked: ifAsked + milliseconds };
}
const PRE = upTo(20_000);
const OPEN_IN_MAIN = upTo(50_000);
const PUBLISH_ONCE = upTo(50_000, 150_000);
const EACH_STATUS = 2_000;
const COMBINED_ONCE = upTo(50_000);
const LAST_READING = 10_000;
const POST = upTo(240_000);
function postBudget(result, names) {
    const usual = Math.min(60_000 + EACH_STATUS * names, POST.usual);
    return result === 'cancelled' ? upTo(usual, Math.max(usual, 150_000)) : POST;
}
const LIST = upTo(240_000);
const SWEEP = upTo(240_000);
const LONGEST_ATTEMPT = 10_000;
const SHORTEST_ATTEMPT = 1_000;
const LONGEST_LAG = 5_000;
const MOST_ODD = 3;
const LOOK = 5_000;
const LOOK_AGAIN = 1_000;

;// CONCATENATED MODULE: ./lib/github/cause.js
const PASSING = ['unreachable', 'server', 'odd', 'limit'];
function headerOf({ headers }, name) {
    return String(headers[name] ?? '').trim();
}
function isLasting(cause) {
    return !PASSING.includes(cause);
}
function isHopeless(cause) {
    return cause === 'limit' || (isLasting(cause) && cause !== 'refused');
}
function mayBeStored({ cause }) {
    return ['unreachable', 'server', 'odd', 'unexpected'].includes(cause);
}
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;
const SINGLE_SIGN_ON = /SAML/;
const ARCHIVED = /archived/i;
const NO_COMMIT = /no commit found|object does not exist/i;
const DENIED = /resource not accessible by|required scope|should have a permission/i;
const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/;
const PROXY_REFUSED = /tunneling socket.{0,500}statusCode=4\d\d/;
function judged(error) {
    return { ...error, cause: causeOf(error) };
}
function causeOf(error) {
    const { status, message, reasons, call } = error;
    if (status === undefined)
        return causeOfSilence(error);
    if (isLimit(error))
        return 'limit';
    if (NO_COMMIT.test(`${message} ${reasons}`))
        return 'refused';
    if (isWrite(call) && status >= 200 && status < 300)
        return 'odd';
    return causeOfStatus(status, message);
}
const isWrite = (call) => call.startsWith('POST ');
function mayLag({ status, message, reasons, call }) {
    return status === 401 || (isWrite(call) && NO_COMMIT.test(`${message} ${reasons}`));
}
function causeOfSilence({ code, message }) {
    if (CERTIFICATE.test(code))
        return 'certificate';
    if (code === 'ERR_INVALID_CHAR' || PROXY_REFUSED.test(message))
        return 'credentials';
    return code === '' || code === 'ERR_INVALID_URL' ? 'unexpected' : 'unreachable';
}
function causeOfStatus(status, message) {
    if (status === 408 || (status >= 500 && status < 600))
        return 'server';
    if (status === 401)
        return 'credentials';
    if (status === 403)
        return DENIED.test(message) ? 'permission' : 'refused';
    if (status === 404 || status === 410)
        return 'missing';
    return status >= 400 ? 'refused' : 'unexpected';
}
function isLimit(error) {
    const { status, message } = error;
    if (status === 429)
        return true;
    const isRefusal = [DENIED, SINGLE_SIGN_ON, ARCHIVED].some((refusal) => refusal.test(message));
    if (status !== 403 || isRefusal)
        return false;
    const isUsedUp = headerOf(error, 'x-ratelimit-remaining') === '0';
    const isMarked = headerOf(error, 'retry-after') !== '' || isUsedUp;
    return isMarked || /rate limit|abuse detection/i.test(message);
}

// EXTERNAL MODULE: ./node_modules/@actions/github/lib/utils.js + 12 modules
var utils = __webpack_require__(504);
// EXTERNAL MODULE: ./node_modules/@octokit/plugin-retry/dist-bundle/index.js
var dist_bundle = __webpack_require__(735);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
;// CONCATENATED MODULE: ./lib/status/text.js

const DESCRIPTION_LENGTH = 140;
const CONTEXT_LENGTH = 255;
const SHAPED = /[\u200d\ufe00-\ufe0f\u{10000}-\u{10ffff}]+/gu;
const FOUR_BYTES = /[\u{10000}-\u{10ffff}]/u;
function acceptable(text, replace) {
    return text
        .replace(/\p{Cs}/gu, ' ')
        .replace(SHAPED, (run) => (FOUR_BYTES.test(run) ? replace(run) : run))
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim();
}
function fitDescription(raw) {
    const whole = acceptable(raw, () => '');
    const isCut = whole.length > DESCRIPTION_LENGTH;
    const text = isCut ? cut(whole, DESCRIPTION_LENGTH) : whole;
    const notes = [];
    if (hasFourBytes(raw)) {
        notes.push('4-byte characters were removed from the description: GitHub rejects them.');
    }
    if (isCut)
        notes.push(`The description was cut to ${text.length} characters.`);
    return { text, notes };
}
function hasFourBytes(text) {
    return FOUR_BYTES.test(text.replace(/\p{Cs}/gu, ' '));
}
function cut(whole, length) {
    let text = '';
    for (const { segment } of new Intl.Segmenter().segment(whole)) {
        if (text.length + segment.length >= length)
            break;
        text += segment;
    }
    return `${text.trimEnd()}…`;
}
const PLAIN = /^[\x20-\x7e]*$/;
function acceptableName(raw) {
    if (PLAIN.test(raw) && !raw.includes('  '))
        return raw.trim();
    return acceptable(raw, (run) => Array.from(run, codePoint).join(''));
}
function codePoint(character) {
    const point = character.codePointAt(0) ?? 0;
    if (point <= 0xffff)
        return '';
    return `U+${point
        .toString(16)
        .toUpperCase()
        .padStart(point < 0x11000 ? 6 : 5, '0')}`;
}
function publishedName(raw) {
    const whole = acceptableName(raw);
    if (whole.length <= CONTEXT_LENGTH)
        return whole;
    const tail = `…${(0,external_node_crypto_.createHash)('sha256').update(whole).digest('hex').slice(0, 12)}`;
    return whole.slice(0, CONTEXT_LENGTH - tail.length) + tail;
}
function fitContext(raw) {
    const text = publishedName(raw);
    if (text === raw.trim())
        return { text, notes: [] };
    const reasons = [
        ...(hasFourBytes(raw) ? ['GitHub rejects 4-byte characters'] : []),
        ...(acceptableName(raw).length > CONTEXT_LENGTH
            ? [`GitHub allows ${CONTEXT_LENGTH} characters`]
            : []),
    ];
    const why = reasons.join(', and ') || 'a name is one line with single spaces';
    return {
        text,
        notes: [`The context ${quote(raw)} becomes ${quote(text, CONTEXT_LENGTH)}: ${why}.`],
    };
}
function quote(text, length = 100) {
    const line = text
        .slice(0, 4 * length)
        .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
        .trim();
    const isLong = line.length > length || text.length > 4 * length;
    return `"${isLong ? `${line.slice(0, length).toWellFormed()}…` : line}"`;
}
function listed(names, most = 20) {
    return joined(names.map((name) => quote(name, 255)), most);
}
const LONGEST_LIST = 800;
function joined(texts, most = 20, length = LONGEST_LIST) {
    const textOf = (shown) => {
        const more = texts.length - shown;
        return texts.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
    };
    let shown = Math.min(texts.length, most);
    while (shown > 1 && textOf(shown).length > length)
        shown--;
    return textOf(shown);
}

// EXTERNAL MODULE: ./lib/status/json.js
var json = __webpack_require__(737);
;// CONCATENATED MODULE: ./lib/github/request-error.js


function errorOfAnswer(answer, method) {
    return judged(rawOf(answer, callTo(method, answer.url)));
}
function errorOf(thrown) {
    return judged(rawOfThrown(thrown));
}
function rawOf({ status, headers, data }, call) {
    const { message, errors } = (0,json/* isRecord */.u4)(data) ? data : { message: data, errors: undefined };
    return {
        status,
        code: '',
        message: wordsOf(message),
        reasons: wordsOf(errors),
        call,
        headers: { ...headers },
    };
}
function rawOfThrown(thrown) {
    const error = (0,json/* isRecord */.u4)(thrown) ? thrown : { message: String(thrown) };
    const { response, cause, message } = error;
    const call = callTo((0,json.at)(error, 'request.method'), (0,json.at)(error, 'request.url'));
    if ((0,json/* isRecord */.u4)(response)) {
        const { status, headers, data } = response;
        return rawOf({ status: Number(status), headers: (0,json/* isRecord */.u4)(headers) ? headers : {}, data }, call);
    }
    const origin = (0,json/* isRecord */.u4)(cause) ? cause : error;
    const code = (0,json/* textOf */.b6)(origin.code);
    return {
        status: undefined,
        code,
        message: String(message || code),
        reasons: '',
        call,
        headers: {},
    };
}
function callTo(method, url) {
    const path = typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : '';
    return path === '' ? '' : `${method} ${path}`;
}
function wordsOf(value) {
    if (typeof value === 'string')
        return value.trimStart().startsWith('<') ? titleOf(value) : value;
    if (Array.isArray(value))
        return value.map(wordsOf).filter(Boolean).join(', ');
    if (!(0,json/* isRecord */.u4)(value))
        return '';
    const fields = [value.resource, value.field, value.code];
    return wordsOf(value.message) || fields.map(wordsOf).join(' ').trim();
}
function titleOf(page) {
    return /<title>([^<]{0,300})/i.exec(page)?.[1] ?? '';
}

;// CONCATENATED MODULE: ./lib/github/retry-wait.js

const BACKOFF = 1_000;
const LONGEST_BACKOFF = 30_000;
const SECONDARY_LIMIT_WAIT = 60_000;
const SHORT_WAIT = 5_000;
const LONGEST_ASKED = 315_360_000;
function waitBefore(error, attempt, now, random) {
    const backoff = Math.min(BACKOFF * 2 ** attempt, LONGEST_BACKOFF) * (0.5 + random / 2);
    const asked = askedWait(error, now, attempt);
    if (asked === undefined)
        return backoff;
    const wait = asked + random * Math.max(asked / 4, BACKOFF);
    return asked < SHORT_WAIT ? Math.max(wait, backoff) : wait;
}
function askedWait(error, now, attempt = 0) {
    const after = retryAfter(error, now);
    if (after !== undefined)
        return after;
    if (error.cause !== 'limit')
        return undefined;
    const reset = headerOf(error, 'x-ratelimit-reset');
    const isUsedUp = headerOf(error, 'x-ratelimit-remaining') === '0' && /^\d{1,11}$/.test(reset);
    if (isUsedUp)
        return Math.max(Number(reset) * 1000 - clockOf(error, now), 0) + 1_000;
    return SECONDARY_LIMIT.test(error.message) ? SECONDARY_LIMIT_WAIT * 2 ** attempt : undefined;
}
function retryAfter(error, now) {
    const after = headerOf(error, 'retry-after');
    if (/^\d+$/.test(after))
        return Math.min(Number(after), LONGEST_ASKED) * 1000;
    const isDate = /^[a-z]{3}/i.test(after) && !Number.isNaN(Date.parse(after));
    return isDate ? Math.max(Date.parse(after) - clockOf(error, now), 0) : undefined;
}
function clockOf(error, now) {
    return Date.parse(headerOf(error, 'date')) || now;
}

;// CONCATENATED MODULE: ./lib/github/retry.js





function retries(octokit) {
    octokit.hook.error('request', (thrown, { request = {} }) => {
        const { retryCount = 0, isSentOnce, stage } = request;
        if (isSentOnce || stage === undefined || !('request' in thrown))
            throw thrown;
        const error = errorOf(thrown);
        const wait = waitWithin(error, retryCount, stage);
        if (wait === undefined)
            throw thrown;
        stage.log(retryLine(error, retryCount + 1, wait));
        const { retry: plugin } = octokit;
        throw plugin.retryRequest(thrown, retryCount + 1, wait);
    });
    return {};
}
async function waitToRetry(stage, { error }, retries) {
    const wait = error && waitWithin(error, retries, stage);
    if (error === undefined || wait === undefined)
        return false;
    stage.log(retryLine(error, retries + 1, wait));
    await sleep(wait);
    return true;
}
function waitWithin(error, retries, stage) {
    const { deadline, patience } = stage;
    const now = Date.now();
    const isAsked = askedWait(error, now, retries) !== undefined;
    const usual = isAsked ? Math.max(deadline.at, deadline.latest) : deadline.at;
    const mayBeLag = isLasting(error.cause);
    const end = mayBeLag ? endOfLag(error, now, stage) : usual;
    const waitAt = (random) => waitBefore(error, mayBeLag ? 0 : retries, now, random);
    const longest = end - now - SHORTEST_ATTEMPT - 1;
    if (waitAt(0) > longest)
        return undefined;
    if (error.cause === 'odd' && patience.odd-- <= 0)
        return undefined;
    deadline.at = Math.max(deadline.at, end);
    return Math.min(waitAt(Math.random()), longest);
}
function endOfLag(error, now, { deadline, patience, isTokenNew }) {
    if (!mayLag(error) || (error.status === 401 && !isTokenNew))
        return now;
    patience.lagsUntil ??= now + LONGEST_LAG;
    return Math.min(patience.lagsUntil, deadline.at);
}
function retryLine(error, attempt, wait) {
    const reason = [error.status ?? error.code, quote(error.message || error.reasons)].join(' ');
    const at = new Date(Date.now() + wait).toISOString().slice(11, 19);
    const seconds = (wait / 1000).toFixed(1);
    return `${error.call}: attempt ${attempt} failed with ${reason}; retrying in ${seconds} s, at ${at} UTC.`;
}
function sleep(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

;// CONCATENATED MODULE: ./lib/github/connect.js




function connect(access, runner, { usual, ifAsked }) {
    const { token, apiUrl, isJobToken, hasStandIn } = access;
    const { info: log } = runner;
    const hide = hiding(token);
    if (hide !== undefined)
        runner.mask(token);
    const PatientClient = utils/* GitHub */.gq.plugin(retries, dist_bundle/* retry */.L);
    const octokit = new PatientClient((0,utils/* getOctokitOptions */.EG)(token, {
        baseUrl: apiUrl,
        userAgent: 'commit-status',
        log: { debug() { }, info() { }, warn: log, error() { } },
        request: { log: { warn: log } },
        retry: { doNotRetry: EVERY_STATUS, retryAfterBaseValue: 1 },
    }));
    const now = Date.now();
    return {
        access,
        octokit: octokit,
        deadline: { at: now + usual, latest: now + ifAsked },
        pages: new Map(),
        patience: patienceOf(runner),
        isTokenNew: !isJobToken && !hasStandIn,
        fetch: async (url, call, deadline) => {
            const timeLeft = Math.min(deadline.at - Date.now(), LONGEST_ATTEMPT);
            const answer = await runner.fetch(url, call, timeLeft);
            return hide === undefined ? answer : connect_hidden(answer, hide);
        },
        log,
    };
}
const EVERY_STATUS = Array.from({ length: 600 }, (_, index) => 400 + index);
const PATIENCE = new WeakMap();
function patienceOf(runner) {
    const patience = PATIENCE.get(runner) ?? { odd: MOST_ODD };
    PATIENCE.set(runner, patience);
    return patience;
}
const SHORTEST_SECRET = 8;
function hiding(token) {
    if (token.length < SHORTEST_SECRET)
        return undefined;
    const escaped = [...token].map((character) => {
        const code = character.charCodeAt(0).toString(16).padStart(4, '0');
        return `(?:\\\\?${character.replace(/\W/, '\\$&')}|\\\\u${code})`;
    });
    const pattern = new RegExp(escaped.join(''), 'gi');
    return (text) => {
        const plain = text.replaceAll(token, '***');
        return plain.includes('\\') ? plain.replace(pattern, '***') : plain;
    };
}
function connect_hidden(answer, hide) {
    const headers = [...answer.headers].map(([name, value]) => [name, hide(value)]);
    return { ...answer, headers: new Map(headers), text: async () => hide(await answer.text()) };
}
function within(github, milliseconds) {
    const at = Math.min(Date.now() + milliseconds, github.deadline.at);
    return { ...github, deadline: { at, latest: at } };
}
function extended(github, milliseconds) {
    const { at, latest } = github.deadline;
    return { ...github, deadline: { at: at + milliseconds, latest: latest + milliseconds } };
}
const MOST = 80;
const WINDOW = 60_000;
function paced(github, sentAt) {
    return {
        ...github,
        async fetch(url, call, deadline) {
            if (call.method === 'POST') {
                await pause(github, sentAt);
                sentAt.push(Date.now());
            }
            return github.fetch(url, call, deadline);
        },
    };
}
async function pause({ log }, sentAt) {
    const wait = (sentAt.at(-MOST) ?? 0) + WINDOW - Date.now();
    if (wait <= 0)
        return;
    log(`Waiting ${(wait / 1000).toFixed(1)} s: GitHub allows 80 statuses per minute.`);
    await sleep(wait);
}

;// CONCATENATED MODULE: ./lib/status/event-commit.js

const SHA_FIELD = {
    pull_request: 'pull_request.head.sha',
    pull_request_target: 'pull_request.head.sha',
    pull_request_review: 'pull_request.head.sha',
    pull_request_review_comment: 'pull_request.head.sha',
    workflow_run: 'workflow_run.head_sha',
    check_run: 'check_run.head_sha',
    check_suite: 'check_suite.head_sha',
    commit_comment: 'comment.commit_id',
    merge_group: 'merge_group.head_sha',
    status: 'sha',
    deployment: 'deployment.sha',
    deployment_status: 'deployment.sha',
};
function commitOf(event, payload, githubSha) {
    if (!(0,json/* isRecord */.u4)(payload) || Array.isArray(payload))
        return { lacks: 'an event file that is JSON' };
    const field = Object.hasOwn(SHA_FIELD, event) ? SHA_FIELD[event] : undefined;
    if (field !== undefined)
        return shaOr((0,json.at)(payload, field), field);
    if (event === 'issue_comment')
        return commitOfComment(payload, githubSha);
    if (event === 'push' && payload.deleted === true) {
        return { none: 'the push deleted the branch or tag' };
    }
    const { meant } = namedCommits(event, payload, githubSha);
    return meant.length > 0 ? { meant } : shaOr(githubSha, 'GITHUB_SHA');
}
function commitOfComment(payload, githubSha) {
    const issue = (0,json.at)(payload, 'issue');
    if (!(0,json/* isRecord */.u4)(issue))
        return { lacks: 'issue' };
    if (!(0,json/* isRecord */.u4)(issue.pull_request))
        return shaOr(githubSha, 'GITHUB_SHA');
    const number = Number(issue.number);
    const isNumber = issue.number === number && Number.isSafeInteger(number) && number > 0;
    return isNumber ? { pullRequest: number } : { lacks: 'issue.number' };
}
const NAMES = ['sha', 'commit', 'commit_sha', 'head_sha', 'ref'];
function namedCommits(event, payload, githubSha) {
    const isOther = (value) => {
        const sha = (0,json/* textOf */.b6)(value).trim().toLowerCase();
        return isSha(sha) && sha.length === githubSha.length && sha !== githubSha.toLowerCase();
    };
    if (event === 'repository_dispatch') {
        const path = 'github.event.client_payload';
        return { meant: (0,json/* pathsTo */._p)(isOther, (0,json.at)(payload, 'client_payload'), path, 4), others: [] };
    }
    const inputs = event === 'workflow_dispatch' ? (0,json.at)(payload, 'inputs') : undefined;
    const paths = (0,json/* pathsTo */._p)(isOther, inputs, 'github.event.inputs', 1);
    const isMeant = (path) => NAMES.some((name) => path.toLowerCase().endsWith(`.${name}`));
    return { meant: paths.filter(isMeant), others: paths.filter((path) => !isMeant(path)) };
}
function shaOr(value, field) {
    return isSha(value) ? { sha: value.toLowerCase() } : { lacks: field };
}
function isSha(text) {
    return typeof text === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}
function expectedSha(text = '') {
    const length = /^[0-9a-f]+$/i.test(text) ? `, not ${text.length}` : '';
    return `the 40 hexadecimal digits of a commit (64 with SHA-256)${length}`;
}
const PULL_REQUEST_EVENTS = [
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
];
function isTestMerge(sha, event, payload, githubSha) {
    const isOfPullRequest = (0,json/* isRecord */.u4)((0,json.at)(payload, 'pull_request'));
    const isMerged = (0,json.at)(payload, 'pull_request.merged') === true;
    if (!isOfPullRequest || isMerged || (0,json.at)(payload, 'pull_request.head.sha') === sha)
        return false;
    const isRunOnMerge = PULL_REQUEST_EVENTS.includes(event) && githubSha === sha;
    return isRunOnMerge || (0,json.at)(payload, 'pull_request.merge_commit_sha') === sha;
}

// EXTERNAL MODULE: ./lib/status/state.js
var status_state = __webpack_require__(594);
;// CONCATENATED MODULE: ./lib/status/description.js


function describe(word, milliseconds) {
    const label = shown(word);
    const isPending = (0,status_state/* stateOf */.L4)(word, status_state/* DEFAULT_WORD_STATES */.y9) === 'pending';
    if (isPending || milliseconds === undefined || milliseconds < 0)
        return label;
    return `${label} ${word === 'success' ? 'in' : 'after'} ${duration(milliseconds)}`;
}
function duration(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000);
    const parts = [
        [Math.floor(seconds / 3600), 'h'],
        [Math.floor(seconds / 60) % 60, 'm'],
        [seconds % 60, 's'],
    ];
    const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
    return shown.join(' ') || '0s';
}
function describeRollUp(state, counting, skipped = [], length = 140) {
    const ran = counting.filter(({ word }) => word !== 'skipped');
    const subjects = ran.length > 0 ? ran : counting;
    const words = new Set(subjects.map(({ word }) => word));
    const label = shown(words.size === 1 ? ([...words][0] ?? state) : state);
    const tail = ran.length > 0 && skipped.length > 0 ? ` (skipped: ${jobs(skipped, 40)})` : '';
    return `${label}: ${jobs(subjects, length - label.length - 2 - tail.length, ' job')}${tail}`;
}
function jobs(results, length, unit = '') {
    const names = results.map(({ job }) => job).filter((job) => job !== '');
    if (names.length > 0)
        return joined(names, 140, length);
    return `${results.length}${unit}${unit !== '' && results.length > 1 ? 's' : ''}`;
}
function shown(word) {
    return (0,status_state/* labelOf */.Wy)(word) ?? quote(word, 40);
}

// EXTERNAL MODULE: ./lib/status/url.js
var status_url = __webpack_require__(694);
;// CONCATENATED MODULE: ./lib/github/fixes.js





const LATEST_DATE = 8.64e15;
function whenAgain(error, now) {
    const wait = askedWait(error, now);
    if (wait === undefined)
        return '';
    const again = Math.min(clockOf(error, now) + wait, LATEST_DATE);
    const at = new Date(again).toISOString().slice(0, 19).replace('T', ' ');
    return `Another attempt is possible at ${at} UTC (in ${duration(wait)}), later than this stage can wait. `;
}
function redirected(error) {
    const location = quote((0,status_url/* withoutPassword */.G5)(headerOf(error, 'location')), 300);
    return `It is not followed, because a write would be lost or the token would go to another host: ${location}. Correct \`api_url\` (http or https, the host) or \`repository\`.`;
}
function notFound(_, { ref, commitInput, pullRequest, isJobToken }) {
    const own = isJobToken
        ? " (`token` was empty or the default: the job's own token sees its own repository only)"
        : '';
    if (pullRequest !== undefined) {
        return `Check \`pull_request\`, \`repository\`, and that \`token\` can see it${own}.`;
    }
    if (ref !== undefined && commitInput === 'ref') {
        return `Check \`ref\`, \`repository\`, and that \`token\` can see it${own}.`;
    }
    return `Check \`repository\`, that \`token\` can see it${own || ' (a classic personal one needs the scope `repo:status`)'}, and \`api_url\` (on GitHub Enterprise Server it ends in /api/v3).`;
}
const GITEA_REFUSAL = /required scope|should have a permission/i;
function grant({ message }, { repository, permission, ref, platform, isJobToken }) {
    if (/personal access token/i.test(message)) {
        const [scope = '', level] = permission.replace('statuses', 'commit statuses').split(': ');
        const name = `${scope.charAt(0).toUpperCase()}${scope.slice(1).replace('-', ' ')}`;
        return `In the settings of the personal access token, give it "${name}: ${level}" for ${repository}.`;
    }
    if (!platform.hasStatusPermission || GITEA_REFUSAL.test(message))
        return grantOnGitea(isJobToken);
    const statuses = ref === undefined ? 'statuses: write' : 'statuses: read';
    const all = permission.startsWith('statuses') ? permission : `${statuses}, ${permission}`;
    return `Add \`permissions: { ${all} }\` to the job, and what its other steps need (such as \`contents: read\`): permissions not listed default to none.`;
}
function grantOnGitea(isJobToken) {
    const own = 'On Gitea and Forgejo, add `permissions: { contents: write }` to the job, or omit `permissions`.';
    return isJobToken ? own : `${own} A token of your own needs the scope \`write:repository\`.`;
}
function anotherToken(_, { repository, permission, platform }) {
    const what = platform.hasStatusPermission ? `\`${permission}\`` : 'the scope `write:repository`';
    return `No permission of the job helps: set \`token\` to another one, such as an app's or a personal one, with ${what} for ${repository}.`;
}
function renewed(_, { isJobToken }) {
    return isJobToken
        ? "Check `token` and `api_url`: the job's own token is valid on its own server, and until the job ends."
        : 'Check `token`: it may belong to another server, or have been revoked or expired. A token made by `actions/create-github-app-token` is revoked before the post step (set `skip-token-revoke: true` there) and lives an hour: in a longer job, make another one at the end.';
}
const FIELDS = ['description', 'target_url', 'context', 'state', 'sha'];
function correction({ reasons }) {
    const field = FIELDS.find((name) => new RegExp(`\\b${name.replace('_', '[_ ]')}\\b`, 'i').test(reasons));
    if (field === undefined)
        return 'Check the inputs of this step, and `api_url`.';
    return `Correct the input \`${field}\`.`;
}

;// CONCATENATED MODULE: ./lib/github/problems.js


const isProxied = ({ message }) => /tunneling socket/.test(message);
const isSilent = ({ status }) => status === undefined;
const problems_wordsOf = ({ message, reasons }) => `${message} ${reasons}`;
const isNoCommit = (error) => NO_COMMIT.test(problems_wordsOf(error));
const isRefAsked = ({ ref, commitInput }) => ref !== undefined && commitInput === 'ref';
const PROBLEMS = [
    {
        when: ({ cause, code }) => cause === 'certificate' && /EXPIRED|NOT_YET_VALID/.test(code),
        problem: "the server's certificate has expired or is not valid yet",
        fix: "Renew it on that server, or correct the runner's clock.",
    },
    {
        when: ({ cause, code }) => cause === 'certificate' && /ALTNAME|HOSTNAME/.test(code),
        problem: "the server's certificate is for another name",
        fix: 'Check the host in `api_url`.',
    },
    {
        when: ({ cause }) => cause === 'certificate',
        problem: "the server's certificate is not trusted",
        fix: "Set NODE_EXTRA_CA_CERTS in the runner's environment to a file with the certificate of the authority that signed it.",
    },
    {
        when: (error) => isSilent(error) && isProxied(error) && error.message.includes('=407'),
        problem: 'the proxy asks for a user name and password',
        fix: 'Set them in `https_proxy`, as http://NAME:PASSWORD@HOST:PORT.',
    },
    {
        when: (error) => isSilent(error) && isProxied(error) && error.cause === 'credentials',
        problem: 'the proxy refuses to connect',
        fix: 'Ask for the host to be allowed there, or add it to `no_proxy`.',
    },
    {
        when: (error) => isSilent(error) && isProxied(error),
        problem: 'the proxy did not connect',
        fix: 'Check `https_proxy`, or name the host in `no_proxy`.',
    },
    {
        when: (error) => isSilent(error) && error.cause === 'credentials',
        problem: 'the token contains an invalid character',
        fix: 'Check the value of `token`: a secret may have a line break in it.',
    },
    {
        when: (error) => isSilent(error) && error.cause === 'unexpected',
        problem: 'the request failed or its response could not be read',
        fix: 'Check `api_url`, and that `https_proxy` is an address such as http://HOST:PORT.',
    },
    {
        when: isSilent,
        problem: 'the server did not send a complete response',
        fix: 'Check `api_url`, the network, and `https_proxy` if there is a proxy.',
    },
    {
        when: (error) => error.cause === 'limit' && SECONDARY_LIMIT.test(error.message),
        problem: 'too many statuses were created in a short time',
        fix: (error, _, now) => `${whenAgain(error, now)}${FEWER}`,
    },
    {
        when: ({ cause }) => cause === 'limit',
        problem: 'the rate limit of the token is used up',
        fix: (error, _, now) => `${whenAgain(error, now)}${FEWER}`,
    },
    {
        when: ({ cause }) => cause === 'server',
        problem: 'the server kept failing until this stage ran out of time',
        fix: (error, _, now) => `${whenAgain(error, now)}Run the job again later.`,
    },
    {
        when: (error) => error.cause === 'unexpected' && headerOf(error, 'location') !== '',
        problem: 'the server redirects to another address',
        fix: redirected,
    },
    {
        when: ({ cause }) => cause === 'unexpected' || cause === 'odd',
        problem: 'the response is not from a statuses API',
        fix: 'Check `api_url`, and any proxy in between.',
    },
    {
        when: ({ cause }) => cause === 'credentials',
        problem: 'the token is not valid',
        fix: renewed,
    },
    {
        when: ({ cause }, { isJobToken, isOwnRepository }) => cause === 'permission' && isJobToken && !isOwnRepository,
        problem: "the job's own token is for its own repository only",
        fix: anotherToken,
    },
    {
        when: ({ cause }) => cause === 'permission',
        problem: 'the token lacks a permission',
        fix: grant,
    },
    {
        when: ({ cause }, { pullRequest }) => cause === 'missing' && pullRequest !== undefined,
        problem: 'the pull request was not found',
        fix: notFound,
    },
    {
        when: ({ cause }, { route = '' }) => cause === 'missing' && route.endsWith('/branches/{branch}'),
        problem: 'the branch was not found',
        fix: 'Check `required_by`, `repository`, and that `token` can see it: in a private repository it needs `contents: read`.',
    },
    {
        when: ({ cause }, asked) => cause === 'missing' && isRefAsked(asked),
        problem: 'the repository or the ref was not found',
        fix: notFound,
    },
    {
        when: ({ cause }) => cause === 'missing',
        problem: 'the repository was not found',
        fix: notFound,
    },
    {
        when: (error, asked) => isNoCommit(error) && isRefAsked(asked),
        problem: 'the repository has no such SHA, branch or tag',
        fix: 'Check `ref` and `repository`.',
    },
    {
        when: isNoCommit,
        problem: 'the commit is not in the repository',
        fix: 'Check `sha` and `repository`; a commit must be pushed before it can have a status.',
    },
    {
        when: (error) => /maximum number of statuses/i.test(problems_wordsOf(error)),
        problem: 'this commit already has 1000 statuses with this context',
        fix: 'GitHub keeps no more. Use another `context`, or push a new commit.',
    },
    {
        when: (error) => SINGLE_SIGN_ON.test(problems_wordsOf(error)) || headerOf(error, 'x-github-sso') !== '',
        problem: 'the organization requires single sign-on',
        fix: 'Authorize `token` for the organization, in the settings of your personal access tokens.',
    },
    {
        when: (error) => ARCHIVED.test(problems_wordsOf(error)),
        problem: 'the repository is archived',
        fix: 'It is read-only: unarchive it first, or remove this step.',
    },
    {
        when: (error) => /upgrade to github/i.test(problems_wordsOf(error)),
        problem: 'no rules can exist there',
        fix: "The owner's plan has none for private repositories. Remove `required_by`, and name what has to pass in `contexts`.",
    },
    {
        when: ({ status }) => status === 403,
        problem: 'the server blocks this token or runner',
        fix: 'Contact its administrator.',
    },
    {
        when: () => true,
        problem: 'the server rejected the request',
        fix: correction,
    },
];
const FEWER = 'Publish fewer statuses (one roll-up of `needs` instead of one per job), or use another `token`.';

;// CONCATENATED MODULE: ./lib/github/request.js



async function request(github, question) {
    const { access, octokit, deadline, patience, isTokenNew, log } = github;
    const { route, parameters, extra, expected, parse, known } = question;
    const [owner, repo] = access.repository.split('/');
    const [method = ''] = route.split(' ');
    const failed = (error) => ({
        failure: explain(error, { ...access, ...question }, Date.now()),
    });
    try {
        const answer = await octokit.request(route, {
            owner,
            repo,
            ...parameters,
            ...extra,
            request: {
                stage: { deadline, patience, isTokenNew, log },
                isSentOnce: method === 'POST',
                fetch: (url, call) => github.fetch(url, call, deadline),
            },
        });
        const value = answer.status === expected ? parse(answer.data, { ...answer.headers }) : undefined;
        return value === undefined ? failed(errorOfAnswer(answer, method)) : { value };
    }
    catch (thrown) {
        const error = errorOf(thrown);
        return error.status === 304 && known !== undefined ? { value: known } : failed(error);
    }
}
function explain(error, asked, now) {
    const row = PROBLEMS.find(({ when }) => when(error, asked));
    const { problem, fix } = row;
    const host = URL.canParse(asked.apiUrl) ? new URL(asked.apiUrl).host : asked.apiUrl;
    const evidence = isSilent(error) ? silenceOf(error, host) : answerOf(error, host);
    const help = typeof fix === 'string' ? fix : fix(error, asked, now);
    return {
        cause: error.cause,
        message: `Could not ${asked.doing}: ${problem} (${evidence}). ${help}`,
        topic: problem
            .toLowerCase()
            .replace(/[^a-z0-9 -]/g, '')
            .replaceAll(' ', '-'),
        error,
    };
}
function answerOf({ status, message, reasons }, host) {
    const isRepeated = reasons.toLowerCase().startsWith(message.toLowerCase());
    const parts = isRepeated ? [reasons] : [message, reasons];
    const words = parts.filter((part) => part.trim() !== '').map((part) => quote(part, 300));
    return [`${host} answered ${status}`, words.join(', ')].filter(Boolean).join(' ');
}
function silenceOf({ code, message }, host) {
    const reason = message.includes(code) ? quote(message, 300) : `${code}, ${quote(message, 300)}`;
    return `${host}: ${reason}`;
}
const pageSize = { per_page: 100, limit: 100 };
function hasNextPage({ link }) {
    return /rel="?next\b/.test(String(link ?? ''));
}

;// CONCATENATED MODULE: ./lib/github/resolve-ref.js



async function resolveRef(github, ref) {
    if ('ref' in ref)
        return { value: ref.ref };
    if ('sha' in ref)
        return { value: ref.sha };
    const pull = await readPull(github, ref.pullRequest);
    return 'failure' in pull ? pull : { value: pull.value.sha };
}
function readPull(github, number) {
    return request(github, {
        doing: `find the head of pull request #${number}`,
        permission: 'pull-requests: read',
        pullRequest: number,
        route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
        parameters: { pull_number: number },
        expected: 200,
        parse: (data) => {
            const [sha, base] = [(0,json.at)(data, 'head.sha'), (0,json.at)(data, 'base.ref')];
            const isWhole = isSha(sha) && typeof base === 'string';
            return isWhole ? { sha: sha.toLowerCase(), base } : undefined;
        },
    });
}

;// CONCATENATED MODULE: ./lib/github/status.js




function newestFirst(one, other) {
    if (one.created_at !== other.created_at)
        return one.created_at < other.created_at ? 1 : -1;
    return other.id - one.id;
}
function statusesIn(data) {
    if (data === null)
        return [];
    return Array.isArray(data) ? data.filter(json/* isRecord */.u4).map(statusOf) : undefined;
}
function statusOf(record) {
    const { id, context, description, target_url, created_at, updated_at, creator, avatar_url } = record;
    const app = /^\/in\/(\d+)$/.exec((0,status_url/* parseUrl */.Dl)((0,json/* textOf */.b6)(avatar_url))?.pathname ?? '')?.[1];
    return {
        id: Number(id),
        state: (0,json/* textOf */.b6)(stateIn(record)),
        context: (0,json/* textOf */.b6)(context ?? 'default'),
        description: (0,json/* textOf */.b6)(description),
        target_url: (0,json/* textOf */.b6)(target_url),
        created_at: (0,json/* textOf */.b6)(created_at),
        updated_at: (0,json/* textOf */.b6)(updated_at),
        ...((0,json/* isRecord */.u4)(creator) ? { creator: { login: (0,json/* textOf */.b6)(creator.login) } } : {}),
        ...(app === undefined ? {} : { app: Number(app) }),
    };
}
function shownStatus({ app: _, ...status }) {
    return status;
}
function stateIn({ state, status }) {
    return state ?? status;
}
function isStale(statuses, stored) {
    const ids = new Set(statuses.map(({ id }) => String(id)));
    return [...stored].some((id) => !ids.has(id));
}
function createStatus(github, { sha, ...status }) {
    const { repository } = github.access;
    const { target_url = undefined, ...texts } = status;
    return request(github, {
        doing: `publish ${quote(status.context, 255)} on ${repository}@${sha.slice(0, 7)}`,
        permission: 'statuses: write',
        route: 'POST /repos/{owner}/{repo}/statuses/{sha}',
        parameters: { sha, ...texts, ...(target_url === undefined ? {} : { target_url }) },
        expected: 201,
        parse: (data) => createdId(data, status.state),
    });
}
function createdId(data, state) {
    const isStored = (0,json/* isRecord */.u4)(data) && stateIn(data) === state && Number.isSafeInteger(data.id);
    return isStored ? { id: String(data.id) } : undefined;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
// EXTERNAL MODULE: ./lib/runner/env.js
var runner_env = __webpack_require__(676);
;// CONCATENATED MODULE: ./lib/runner/report.js



const SHOWN = 3;
function report(runner, level, problems, ending = '', most = Number.POSITIVE_INFINITY) {
    const lines = [...new Set(problems.map((problem) => lineOf(problem, runner.env)))];
    if (lines.length === 0)
        return;
    if (lines.length === 1 && lines.join('').length <= LONGEST_SHOWN) {
        runner[level](withEnding(lines, ending));
        return;
    }
    for (const line of lines.slice(0, most))
        runner.info(line);
    const shown = lines.slice(0, SHOWN).map((line) => shortened(line));
    const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more, see the log.`] : [];
    const title = lines.length === 1 ? [] : [`${lines.length} problems:`];
    runner[level](withEnding([...title, ...shown, ...more], ending));
}
const MOST_INPUTS = 20;
function reportWrongInputs(runner, level, problems, ending = '') {
    const help = helpUrl(runner.env, 'inputs');
    const all = problems.map((message) => ({ message }));
    report(runner, level, all, `${ending} ${help}`.trim(), MOST_INPUTS);
}
function acceptInputs(runner, read) {
    if ('problems' in read) {
        reportWrongInputs(runner, 'fail', read.problems);
        return undefined;
    }
    tell(runner, read);
    return read.values;
}
function tell(runner, { notes, warnings }) {
    for (const note of new Set(notes))
        runner.info(note);
    for (const warning of warnings)
        runner.warning(warning);
}
function withEnding(lines, ending) {
    return [...lines, ending].filter((line) => line !== '').join('\n');
}
const LONGEST_SHOWN = 1_000;
function shortened(line) {
    return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN).toWellFormed()}…` : line;
}
function lineOf({ message, topic = '' }, env) {
    const help = topic === '' ? '' : helpUrl(env, topic);
    return help === '' ? message : `${message} ${help}`;
}
function helpUrl(env, topic) {
    const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository } = env;
    const { filePages } = (0,runner_env/* runnerPlatform */.GQ)(env);
    if (!server || !repository || (filePages === 'src' && !isClonedFrom(server)))
        return '';
    const ref = encodeURI(env.GITHUB_ACTION_REF || 'HEAD');
    return `${server}/${repository}/${filePages}/${ref}/docs/troubleshooting.md#${topic}`;
}
function isClonedFrom(server) {
    const [, script = ''] = process.argv;
    try {
        const config = (0,external_node_fs_.readFileSync)((0,external_node_path_.join)((0,external_node_path_.dirname)((0,external_node_path_.dirname)(script)), '.git', 'config'), 'utf8');
        return config.includes(`url = ${server}/`);
    }
    catch {
        return false;
    }
}

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 8 modules
var core = __webpack_require__(58);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(67);
var external_node_http_default = /*#__PURE__*/__webpack_require__.n(external_node_http_);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(708);
var external_node_https_default = /*#__PURE__*/__webpack_require__.n(external_node_https_);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(942);
;// CONCATENATED MODULE: ./lib/runner/transport.js



const CLIENTS = {
    http: new lib/* HttpClient */.Qq(undefined, undefined, { keepAlive: true }),
    https: new lib/* HttpClient */.Qq(undefined, undefined, { keepAlive: true }),
};
const MOST_REDIRECTS = 3;
async function nodeFetch(url, call, milliseconds) {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    const end = Date.now() + milliseconds;
    let answer = await send(new URL(url), call, end);
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
        const next = redirection(answer, call.method);
        if (next === undefined)
            break;
        answer = await send(next, call, end);
    }
    return answer;
}
function redirection({ status, url, headers }, method) {
    const followed = method === 'GET' ? [301, 302, 307, 308] : [307, 308];
    const location = headers.get('location');
    if (!followed.includes(status) || location === undefined)
        return undefined;
    if (!URL.canParse(location, url))
        return undefined;
    const from = new URL(url);
    const to = new URL(location, url);
    const isDowngraded = from.protocol === 'https:' && to.protocol !== 'https:';
    const isSafe = to.host === from.host && /^https?:$/.test(to.protocol) && !isDowngraded;
    return isSafe ? to : undefined;
}
async function send(url, call, end) {
    const milliseconds = end - Date.now();
    if (milliseconds <= 0)
        throw codedError('no time is left in this stage', 'ETIMEDOUT');
    return new Promise((resolve, reject) => {
        const request = transport_open(url, call);
        const giveUp = (error) => {
            clearTimeout(timer);
            reject(error);
            request.destroy();
        };
        const timer = setTimeout(() => {
            giveUp(codedError(`no answer within ${Math.ceil(milliseconds / 1000)} s`, 'ETIMEDOUT'));
        }, milliseconds);
        request.on('error', giveUp);
        request.on('response', (response) => {
            readBody(response).then((text) => {
                clearTimeout(timer);
                resolve(transport_answerOf(url, response, text));
            }, giveUp);
        });
        request.end(call.body);
    });
}
function transport_open(url, { method, headers, body }) {
    const isSecure = url.protocol === 'https:';
    const agent = CLIENTS[isSecure ? 'https' : 'http'].getAgent(url.href);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, agent, headers: { ...headers, ...length } };
    return isSecure ? external_node_https_default().request(url, options) : external_node_http_default().request(url, options);
}
function transport_answerOf(url, response, text) {
    const headers = Object.entries(response.headers);
    return {
        status: response.statusCode ?? 0,
        url: url.href,
        headers: new Map(headers.map(([name, value]) => [name, String(value)])),
        text: async () => text,
        arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    };
}
const LARGEST_ANSWER = 16_000_000;
const MOST_VALUES = 500_000;
const FIRST_PIECE = 16_384;
function readBody(response) {
    return new Promise((resolve, reject) => {
        let bytes = Buffer.alloc(FIRST_PIECE);
        let size = 0;
        response.on('data', (chunk) => {
            if (size + chunk.length > LARGEST_ANSWER) {
                return reject(codedError(`a response of more than ${LARGEST_ANSWER} bytes`, 'EMSGSIZE'));
            }
            while (size + chunk.length > bytes.length)
                bytes = Buffer.concat([bytes], bytes.length * 2);
            size += chunk.copy(bytes, size);
        });
        response.on('error', reject);
        response.on('end', () => {
            const text = bytes.toString('utf8', 0, size);
            if (!hasTooMany(text))
                return resolve(text);
            reject(codedError(`a response of more than ${MOST_VALUES} values`, 'EMSGSIZE'));
        });
    });
}
function hasTooMany(text) {
    let values = 0;
    for (let index = 0; index < text.length && values <= MOST_VALUES; index++) {
        if (',[{'.includes(text.charAt(index)))
            values++;
    }
    return values > MOST_VALUES;
}
function codedError(message, code) {
    return Object.assign(new Error(message), { code });
}

;// CONCATENATED MODULE: ./lib/runner/toolkit.js




function actionsRunner() {
    const { env } = process;
    const annotation = (text) => harmless((0,runner_env/* runnerPlatform */.GQ)(env).hasLongAnnotations ? text : text.split('\n').join(' '));
    return {
        env,
        payload: readPayload(env.GITHUB_EVENT_PATH),
        fetch: nodeFetch,
        info: (text) => core/* info */.pq(harmless(text)),
        warning: (text) => core/* warning */.$e(annotation(text)),
        fail: (text) => core/* setFailed */.C1(annotation(text)),
        mask: core/* setSecret */.Pq,
        setOutput: core/* setOutput */.uH,
        saveState: core/* saveState */.LZ,
        cancelled,
        summarize,
    };
}
function cancelled() {
    return new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'])
            process.once(signal, () => resolve());
    });
}
async function summarize(markdown) {
    await core/* summary */.z
        .addRaw(markdown, true)
        .write()
        .catch((error) => core/* debug */.Yz(harmless(String(error))));
}
function harmless(text) {
    return text
        .split(/[\r\n\u0085\u2028\u2029]+/)
        .map((line) => line.replace(/^\s*::/, ': :').replaceAll('##[', '# #['))
        .join('\n');
}
function readPayload(path) {
    try {
        return path ? JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8')) : undefined;
    }
    catch {
        return undefined;
    }
}
const LARGEST = 1_048_576;
function setOutputs(runner, outputs) {
    for (const [name, value] of Object.entries(outputs)) {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        const share = (text.length * 2) / LARGEST;
        runner.setOutput(name, share > 1 ? '' : text);
        if (share <= 1)
            continue;
        runner.warning(`The output \`${name}\` is left empty: it would be ${share.toFixed(1)} MB, and the runner's limit is 1 MB. Narrow it with a name or a limit.`);
    }
}

;// CONCATENATED MODULE: ./lib/status/near.js

function isNear(one, other) {
    let start = 0;
    while (start < one.length && one[start] === other[start])
        start++;
    const [a, b] = [one.slice(start), other.slice(start)];
    const isSwap = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
    return isSwap || a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b;
}
const SHORTEST = 3;
function similarNames(missing, names, most) {
    const meant = lettersOf(missing);
    const isSimilar = (name) => {
        const letters = lettersOf(name);
        const isLong = Math.min(letters.length, meant.length) >= SHORTEST;
        const isPart = letters.includes(meant) || meant.includes(letters);
        return letters === meant || (isLong && (isPart || isNear(letters, meant)));
    };
    return names.filter(isSimilar).slice(0, most);
}
function lettersOf(name) {
    return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
const MEANT = {
    failure: 'fail failed failing',
    success: 'pass passed passing succeeded successful',
    cancelled: 'canceled',
    error: 'errored',
    skipped: 'skip',
    in_progress: 'running',
    pending: 'started',
    timed_out: 'timeout',
};
function nearWord(word, known = status_state/* WORDS */.q9) {
    const near = known.find((one) => MEANT[one]?.split(' ').includes(word) || isNear(one, word));
    return near === undefined ? '' : `; perhaps \`${near}\` is meant`;
}

;// CONCATENATED MODULE: ./lib/combined/rules/required.js


const NO_CHECKS = `creation update deletion non_fast_forward required_linear_history required_signatures pull_request merge_queue
  copilot_code_review branch_name_pattern tag_name_pattern commit_message_pattern commit_author_email_pattern
  committer_email_pattern file_path_restriction max_file_path_length file_extension_restriction max_file_size`.split(/\s+/);
function requiredOf(rules, branch, { hasCheckRuns }) {
    const ofChecks = rules.filter(({ type }) => type === 'required_status_checks');
    const others = rules.filter(({ type }) => NO_CHECKS.includes(type));
    const nameless = rules.filter((rule) => !ofChecks.includes(rule) && !others.includes(rule));
    const lists = hasCheckRuns
        ? [...ofChecks.map(ofRuleset), ofProtection(branch)]
        : [ofGitea(branch)];
    const entries = lists.flatMap((list) => list ?? []);
    const wrong = entries.find((entry) => !isUnderstood(entry, hasCheckRuns));
    return {
        requirements: merged(entries),
        nameless: nameless.map((rule) => `${quote(String(rule.type))} (${nameOf(rule)})`),
        others: [...new Set(others.map(({ type }) => String(type)))],
        invalid: lists.includes(undefined)
            ? 'the server does not say which status checks are required'
            : wrong && `${wrong.by} holds ${quote(JSON.stringify({ ...wrong, by: undefined }), 300)}`,
    };
}
function ofRuleset(rule) {
    const checks = (0,json.at)(rule, 'parameters.required_status_checks');
    return entriesIn(checks, 'integration_id', nameOf(rule));
}
function ofProtection(branch) {
    const classic = (0,json.at)(branch, 'protection.required_status_checks');
    if (!(0,json/* isRecord */.u4)(classic))
        return branch.protected === false ? [] : undefined;
    if (classic.enforcement_level === 'off')
        return [];
    const by = 'classic protection';
    const checks = entriesIn(classic.checks ?? [], 'app_id', by);
    const contexts = entriesIn(classic.contexts ?? [], '', by);
    const isNew = ({ context }) => !checks?.some((check) => check.context === context);
    return checks && contexts && [...checks, ...contexts.filter(isNew)];
}
function ofGitea({ enable_status_check: isOn, status_check_contexts: names }) {
    if (isOn === false)
        return [];
    return isOn === true ? entriesIn(names, '', "the branch's rule") : undefined;
}
function entriesIn(list, field, by) {
    if (!Array.isArray(list))
        return undefined;
    if (field === '')
        return list.map((context) => ({ context, by }));
    return list.map((check) => ({ context: (0,json.at)(check, 'context'), app: (0,json.at)(check, field), by }));
}
const ANY_APP = [undefined, null, -1];
function isUnderstood({ context, app }, hasCheckRuns) {
    const isApp = ANY_APP.includes(app) || (Number.isSafeInteger(app) && Number(app) > 0);
    const isName = typeof context === 'string' && context !== '';
    return isApp && isName && (hasCheckRuns || !/[?[\]{}\\]/.test(context));
}
function merged(entries) {
    const byKey = new Map();
    for (const { context: name, app: id, by } of entries) {
        const context = String(name);
        const app = ANY_APP.includes(id) ? null : Number(id);
        const known = byKey.get(`${app} ${context}`)?.by ?? [];
        byKey.set(`${app} ${context}`, { context, app, by: [...new Set([...known, by])] });
    }
    return [...byKey.values()];
}
function nameOf({ ruleset_id, ruleset_source }) {
    return `ruleset ${Number(ruleset_id) || '?'} of ${quote(String(ruleset_source ?? '?'))}`;
}
function nameWithApp({ context, app }) {
    return quote(context, 255) + (app === null ? '' : ` from app ${app}`);
}

;// CONCATENATED MODULE: ./lib/combined/describe.js



const MOST_NAMES = 20;
const MOST_SIMILAR = 2;
const MOST_REASONS = 3;
const describe_SHOWN = 255;
function describeVerdict(verdict, read) {
    const { failing, pending, missing, required, names, isOpen } = verdict;
    const name = (text) => quote(text, describe_SHOWN);
    const absent = [
        ...required.filter(isMissing).map(({ context: line, app }) => {
            const isElsewhere = app !== null && names.includes(line);
            return { line, label: nameWithApp({ context: line, app }), ...(isElsewhere && ELSEWHERE) };
        }),
        ...missing.map((one) => ({ ...one, label: name(one.line) })),
    ];
    const parts = [
        titled('Failing', failing.map(name)),
        titled('Pending', pending.map(name)),
        titled('Missing', absent.map((one, index) => (index < MOST_NAMES ? withReason(one, names) : one.label))),
    ].filter((part) => part !== '');
    if (parts.length === 0)
        parts.push(isOpen ? nothing(read) : 'All are successful.');
    const isInTheWay = isOpen || failing.length > 0;
    const own = required.filter(({ became }) => became === 'this job').map(nameWithApp);
    const leftOut = own.length === 0 ? [] : [`Left out: ${joined(own)}, which is this job.`];
    return [...parts, ...(isInTheWay ? advice(verdict, read) : []), ...leftOut].join(' ');
}
function isMissing({ became }) {
    return became === 'missing';
}
function nothing({ withCheckRuns }) {
    return withCheckRuns ? 'No status or check run counts yet.' : 'No status counts yet.';
}
function advice({ statuses, missing, required, suspects, elsewhere, why }, { withCheckRuns, platform }) {
    const isIncomplete = missing.length > 0 || statuses.length === 0;
    const lines = [
        [
            elsewhere.length > 0,
            `This job itself, in another leg, run or attempt: ${listed(elsewhere)}. Add it to \`ignore\`, or two of them can wait for each other.`,
        ],
        [
            suspects.length > 0,
            `If one of these is this job, or waits for this job, add it to \`ignore\`: ${listed(suspects)}.`,
        ],
        [required.some(isMissing), 'If one of the required ones needs this job, put it in `ignore`.'],
        [
            isIncomplete && !withCheckRuns && platform.hasCheckRuns,
            'Check runs, such as jobs, are not statuses: `check_runs: true` counts them too.',
        ],
    ];
    const applying = lines.filter(([applies]) => applies).map(([, line]) => line);
    return [...why.slice(0, MOST_REASONS), ...applying];
}
const ELSEWHERE = { why: 'only another app has reported it' };
function withReason({ line, label, why }, names) {
    const similar = similarNames(line, names, MOST_SIMILAR).map((name) => quote(name, describe_SHOWN));
    const reason = why ?? (similar.length > 0 ? `similar: ${similar.join(', ')}` : '');
    return label + (reason === '' ? '' : ` (${reason})`);
}
function titled(title, texts) {
    return texts.length === 0 ? '' : `${title}: ${joined(texts)}.`;
}

// EXTERNAL MODULE: ./lib/status/platform.js
var status_platform = __webpack_require__(268);
;// CONCATENATED MODULE: ./lib/status/context.js

function isSameName(one, other, platform) {
    return nameKey(one, platform) === nameKey(other, platform);
}
function nameKey(name, platform) {
    return withoutCase(publishedName(name), platform);
}
function withoutCase(name, platform) {
    return platform.ignoresCase ? name.toLowerCase() : name;
}
function matches(line, name, platform) {
    if (isSameName(line, name, platform))
        return true;
    const [first = '', ...rest] = withoutCase(acceptableName(line), platform).split('*');
    const last = rest.pop();
    if (last === undefined)
        return false;
    const text = withoutCase(acceptableName(name), platform);
    if (!text.startsWith(first))
        return false;
    let from = first.length;
    for (const part of rest) {
        const found = text.indexOf(part, from);
        if (found < 0)
            return false;
        from = found + part.length;
    }
    return text.length - last.length >= from && text.endsWith(last);
}
function namesOf(lines, platform) {
    const byName = new Map();
    for (const one of lines.map(fitContext)) {
        const key = nameKey(one.text, platform);
        if (!byName.has(key))
            byName.set(key, one);
    }
    return [...byName.values()];
}
function linesOf(input) {
    return input
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}
function derivedName({ workflow, job, matrix }) {
    const values = leaves(matrix).map(acceptableName);
    while (values.at(-1) === '')
        values.pop();
    return nameWith(workflow, job, values.map((value) => value || "''"));
}
function jobName({ job, matrix }) {
    return nameWith('', job, matrixValues(matrix));
}
function nameWith(workflow, job, values) {
    const name = [workflow, job].filter((part) => acceptableName(part) !== '').join(' / ');
    return values.length > 0 ? `${name} (${values.join(', ')})` : name;
}
function matrixValues(matrix) {
    return leaves(matrix).filter((value) => value !== '');
}
function leaves(value) {
    if (value === null || value === undefined)
        return [''];
    if (typeof value !== 'object')
        return [String(value)];
    const inner = Object.values(value).flatMap(leaves);
    return inner.length > 0 ? inner : [''];
}

;// CONCATENATED MODULE: ./lib/runner/inputs.js







function inputsOf(env) {
    return { env, problems: [], warnings: [], notes: [], unknown: [] };
}
function checked({ problems, warnings, notes, unknown }, values) {
    return problems.length > 0 ? { problems, unknown } : { values, warnings, notes };
}
function wrong({ env, problems }, name, expected) {
    problems.push(problemWith(name, (0,runner_env/* inputText */.AN)(env, name), expected));
}
function noted({ notes }, fitted) {
    notes.push(...fitted.notes);
    return fitted.text;
}
function problemWith(name, value, expected) {
    const shown = name.endsWith('_url') ? (0,status_url/* withoutPassword */.G5)(value) : value;
    return `Input \`${name}\` is ${value === '' ? 'empty' : quote(shown)}: expected ${expected}.`;
}
function strictText(inputs, name, fallback, expected) {
    const value = (0,runner_env/* inputText */.AN)(inputs.env, name);
    if (value === '') {
        inputs.unknown.push(name);
        const fix = `write \`\${{ … || ${fallback} }}\` if you want the default, otherwise check the expression`;
        wrong(inputs, name, `${expected}; ${fix}`);
    }
    return value;
}
const MOST_LINES = 500;
function lines(inputs, name) {
    const all = linesOf((0,runner_env/* inputText */.AN)(inputs.env, name));
    if (all.length > MOST_LINES)
        wrong(inputs, name, `at most ${MOST_LINES} lines; \`*\` matches any text`);
    return all.slice(0, MOST_LINES);
}
function flag(inputs, name, unset) {
    const value = (0,runner_env/* inputText */.AN)(inputs.env, name).toLowerCase();
    if (!['', 'true', 'false'].includes(value))
        wrong(inputs, name, '`true` or `false`');
    return value === '' ? unset : value === 'true';
}
function number(inputs, name, unset, expected, isRight) {
    const value = (0,runner_env/* inputText */.AN)(inputs.env, name);
    if (value === '')
        return unset;
    const parsed = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!isRight(parsed))
        wrong(inputs, name, expected);
    return parsed;
}
function state(inputs, name, unset) {
    const value = (0,runner_env/* inputText */.AN)(inputs.env, name).toLowerCase();
    const found = status_state/* STATES */.xj.find((candidate) => candidate === value);
    if (found === undefined && value !== '')
        wrong(inputs, name, `one of ${status_state/* STATES */.xj.join(', ')}${nearWord(value, status_state/* STATES */.xj)}`);
    return found ?? unset;
}
function inputs_json(inputs, name, expected = 'JSON') {
    const parsed = (0,json/* parseJson */.qF)((0,runner_env/* inputText */.AN)(inputs.env, name) || 'null');
    if ('value' in parsed)
        return parsed.value;
    wrong(inputs, name, `${expected}; the parser says ${quote(parsed.reason, 200)}`);
    return undefined;
}

;// CONCATENATED MODULE: ./lib/runner/access.js




function readAccess(inputs) {
    const repository = readRepository(inputs);
    const before = inputs.problems.length;
    const apiUrl = readApiUrl(inputs);
    const isRightUrl = inputs.problems.length === before;
    const { token, isJobToken } = tokenOf(inputs.env);
    if (!(0,runner_env/* inputText */.AN)(inputs.env, 'token')) {
        inputs.notes.push("Input `token` is empty: using the job's own token.");
    }
    checkToken(inputs, token);
    if (isJobToken && token !== '' && isRightUrl && !isOwnApi(apiUrl, inputs.env)) {
        inputs.problems.push("Input `token` is missing: expected a token for `api_url`. The job's own token is sent to the runner's own API only.");
    }
    return {
        repository,
        token,
        apiUrl,
        platform: (0,status_platform/* platformOf */.tj)(apiUrl),
        isJobToken,
        isOwnRepository: isOwnRepository(repository, inputs.env),
        commitInput: 'INPUT_REF' in inputs.env ? 'ref' : 'sha',
    };
}
function tokenOf(env) {
    const own = (0,runner_env/* inputText */.AN)(env, 'job_token');
    const token = (0,runner_env/* inputText */.AN)(env, 'token') || own;
    return { token, isJobToken: token === own };
}
function isOfEvent({ isOwnRepository, apiUrl }, env) {
    return isOwnRepository && isOwnApi(apiUrl, env);
}
function isOwnApi(apiUrl, env) {
    const own = env.GITHUB_API_URL ?? '';
    const [one, other] = [(0,status_url/* parseUrl */.Dl)((0,status_url/* withoutSlashes */.C2)(apiUrl)), (0,status_url/* parseUrl */.Dl)((0,status_url/* withoutSlashes */.C2)(own))];
    return one !== undefined && one.href === other?.href;
}
function isOwnRepository(repository, env) {
    return repository.toLowerCase() === (env.GITHUB_REPOSITORY ?? '').toLowerCase();
}
function readRepository(inputs) {
    const repository = strictText(inputs, 'repository', 'github.repository', '`owner/name`');
    const isName = /^[\w.-]+\/[\w.-]+$/.test(repository) && !/(^|\/)\.{1,2}(\/|$)/.test(repository);
    if (repository !== '' && !isName)
        wrong(inputs, 'repository', '`owner/name`');
    return repository;
}
function checkToken(inputs, token) {
    if (token === '') {
        wrong(inputs, 'token', 'a token that may use commit statuses, such as the default');
    }
    else if (!/^[\x21-\x7e]+$/.test(token)) {
        inputs.problems.push('Input `token` contains an invalid character: expected one line of printable ASCII.');
    }
}
function readApiUrl(inputs) {
    const expected = 'the address of a REST API, such as https://api.github.com or https://HOST/api/v3';
    const apiUrl = (0,status_url/* withoutSlashes */.C2)(strictText(inputs, 'api_url', 'github.api_url', expected));
    const url = (0,status_url/* parseUrl */.Dl)(apiUrl);
    if (url !== undefined && (url.username !== '' || url.password !== '')) {
        inputs.problems.push('Input `api_url` contains a user name or password: expected an address without them; use `token`.');
    }
    else if (apiUrl !== '' && (url === undefined || url.search !== '' || url.hash !== '')) {
        wrong(inputs, 'api_url', expected);
    }
    return apiUrl;
}

;// CONCATENATED MODULE: ./lib/runner/input-names.js


const COMMON = {
    own: { repository: '', token: '', api_url: '', job_token: '' },
    others: {
        repository: 'repo githubrepository',
        token: 'authtoken accesstoken githubtoken ghtoken repotoken',
        api_url: 'githubapiurl baseurl apiendpoint',
    },
};
const EVERYDAY = {
    name: ['context', 'contexts'],
    url: ['target_url'],
    owner: ['repository'],
    ref: ['sha'],
    stage: ['state'],
};
function checkNames(inputs, names) {
    for (const given of unknownNames(inputs.env, names)) {
        const meant = meantBy(given, names);
        if (meant === undefined)
            continue;
        const isLeft = ['', defaultOf(inputs.env, names, meant)].includes((0,runner_env/* inputText */.AN)(inputs.env, meant));
        const isEveryday = Object.hasOwn(EVERYDAY, bare(given));
        const line = `Input \`${given}\` does not exist: expected \`${meant}\`. If an environment variable INPUT_${given.toUpperCase()} of your own causes this, rename it.`;
        if (isLeft && !isEveryday)
            inputs.problems.push(line);
        else
            inputs.warnings.push(line);
    }
}
function defaultOf(env, { own }, name) {
    const ofRunner = {
        repository: env.GITHUB_REPOSITORY,
        token: (0,runner_env/* inputText */.AN)(env, 'job_token'),
        api_url: env.GITHUB_API_URL,
    };
    return ofRunner[name] ?? own[name] ?? '';
}
const LONGEST_NAME = 40;
function unknownNames(env, { own }) {
    return Object.keys(env)
        .filter((key) => key.startsWith('INPUT_') && key.length <= LONGEST_NAME)
        .map((key) => key.slice('INPUT_'.length).toLowerCase())
        .filter((name) => !Object.hasOwn(own, name));
}
function meantBy(given, { own, others }) {
    const name = bare(given);
    const everyday = Object.hasOwn(EVERYDAY, name) ? EVERYDAY[name] : undefined;
    if (everyday !== undefined)
        return everyday.find((known) => Object.hasOwn(own, known));
    const isMeant = (candidate) => others[candidate]?.split(' ').includes(name);
    const names = Object.keys(own);
    return names.find(isMeant) ?? names.find((candidate) => isNear(bare(candidate), name));
}
function bare(name) {
    return name.toLowerCase().replace(/[-_ ]/g, '');
}

;// CONCATENATED MODULE: ./lib/runner/ref.js





function readEventCommit(inputs, name, payload, access) {
    const { GITHUB_EVENT_NAME: event = '', GITHUB_SHA = '', GITHUB_REPOSITORY = '' } = inputs.env;
    const commit = commitOf(event, payload, GITHUB_SHA);
    const unclear = (expected) => {
        wrong(inputs, name, expected);
        return { none: 'it is not known' };
    };
    if ('lacks' in commit) {
        return unclear(`a commit, since the event ${quote(event)} names none (it lacks ${commit.lacks}); write ${expression(name, 'github.event.EXAMPLE.sha')}`);
    }
    if ('meant' in commit) {
        const choices = [...commit.meant.slice(0, 5), 'github.sha'].map((one) => expression(name, one));
        return unclear(`a commit, since this ${event} names another than its own; write ${choices.join(' or ')}`);
    }
    if ('pullRequest' in commit && !isOfEvent(access, inputs.env)) {
        const ways = name === 'sha' ? '`sha` or `pull_request`' : '`ref`';
        return unclear(`a commit, since the event is about pull request #${commit.pullRequest} of ${quote(GITHUB_REPOSITORY)}, not of \`repository\` at \`api_url\`; give ${ways}`);
    }
    const { others } = namedCommits(event, payload, GITHUB_SHA);
    if (others.length > 0) {
        inputs.notes.push(`Not used, though it names a commit: ${joined(others, 5)}.`);
    }
    return commit;
}
function expression(name, path) {
    return `\`${name}: \${{ ${path} }}\``;
}
function readRef(inputs, payload, access) {
    const expected = '`event`, or a SHA, branch or tag without white space';
    const given = strictText(inputs, 'ref', "'event'", expected);
    if (given === 'event')
        return eventRef(inputs, payload, access);
    const ref = given.replace(access.platform.refPrefix, '');
    const isOutside = /(^|\/)\.{0,2}(\/|$)/.test(ref);
    if (given !== '' && (isOutside || /[\p{Cc}\p{Cs}\s]/u.test(ref)))
        wrong(inputs, 'ref', expected);
    const head = testMergeHead(inputs, ref, payload);
    if (head !== undefined) {
        inputs.warnings.push(`Input \`ref\` is a pull request's test merge commit, where statuses rarely are. Those of ${head} are read if \`ref\` is omitted.`);
    }
    return { ref };
}
function eventRef(inputs, payload, access) {
    const before = inputs.problems.length;
    const commit = readEventCommit(inputs, 'ref', payload, access);
    if (!('none' in commit))
        return commit;
    const isNew = inputs.problems.length === before;
    if (isNew)
        wrong(inputs, 'ref', `a SHA, branch or tag, since ${commit.none}`);
    return { sha: '' };
}
function testMergeHead(inputs, commit, payload) {
    const { GITHUB_EVENT_NAME = '', GITHUB_SHA = '' } = inputs.env;
    const number = (0,json.at)(payload, 'pull_request.number');
    const isRef = typeof number === 'number' && /^(refs\/)?pull\/(\d+)\/merge$/.exec(commit)?.[2] === `${number}`;
    if (!isRef && !isTestMerge(commit.toLowerCase(), GITHUB_EVENT_NAME, payload, GITHUB_SHA)) {
        return undefined;
    }
    const head = (0,json.at)(payload, 'pull_request.head.sha');
    return typeof head === 'string' ? `its head, ${head.slice(0, 7)},` : 'its head';
}

;// CONCATENATED MODULE: ./lib/combined/names.js

function itemsOf(statuses, runs) {
    return [
        ...statuses.map((status) => ({ name: status.context, status })),
        ...runs.map((run) => ({ name: run.name, run })),
    ];
}
function namesIn(items) {
    return [...new Set(items.map(({ name }) => name))];
}
function foundIn(items) {
    return {
        statuses: items.flatMap(({ status = [] }) => status),
        checkRuns: items.flatMap(({ run = [] }) => run),
    };
}
function isIgnored(name, { ignore, platform }) {
    return matchesAny(ignore, name, platform);
}
function isChosen(name, { contexts, platform, required }) {
    if (contexts.length === 0)
        return required === undefined;
    return matchesAny(contexts, name, platform);
}
function hasGlob({ contexts, required }) {
    if (contexts.length === 0)
        return required === undefined;
    return contexts.some((line) => line.includes('*'));
}
function ignoredLines(choice) {
    return choice.contexts.filter((glob) => isIgnored(glob, choice));
}
function matchesAny(lines, name, platform) {
    return lines.some((glob) => matches(glob, name, platform));
}
function missingFrom(counting, own, choice) {
    const { contexts, platform } = choice;
    const ignored = ignoredLines(choice);
    return contexts
        .filter((line) => line !== '*' && !ignored.includes(line))
        .filter((line) => !counting.some(({ name }) => matches(line, name, platform)))
        .map((line) => ({ line, ...whyMissing(line, counting, own, choice) }));
}
function whyMissing(line, counting, own, { platform }) {
    const ours = own.filter(({ name }) => matches(line, name, platform));
    if (ours.length > 0) {
        const isHopeless = !line.includes('*') && ours.every(({ run }) => run !== undefined);
        return { why: 'only this job itself has that name', isHopeless };
    }
    const [job = '', leg] = line.split(' (');
    const isMatrix = ({ name, run }) => run?.conclusion === 'skipped' && isSameName(job, name, platform);
    return leg !== undefined && counting.some(isMatrix)
        ? { why: `the matrix was skipped as a whole, under the name "${job}"` }
        : {};
}
function seenAfter(before, found, platform) {
    const seen = new Map(before);
    for (const item of found) {
        const key = keyOf(item, platform);
        const ids = new Set([idOf(item), ...(seen.get(key)?.ids ?? [])]);
        seen.set(key, { name: item.name, ids: [...ids] });
    }
    return seen;
}
const WAS_THERE = 'it was there before; perhaps its run was deleted';
function goneFrom(before, found, platform) {
    const keys = new Set(found.map((item) => keyOf(item, platform)));
    const ids = new Set(found.map(idOf));
    return [...before]
        .filter(([key, was]) => !keys.has(key) && !was.ids.some((id) => ids.has(id)))
        .map(([, { name }]) => ({ line: name, why: WAS_THERE }));
}
function keyOf({ name, run }, platform) {
    return `${run?.suite ?? ''} ${nameKey(name, platform)}`;
}
function idOf({ status, run }) {
    return run === undefined ? `status ${status?.id}` : `check run ${run.id}`;
}

// EXTERNAL MODULE: ./lib/status/link.js
var status_link = __webpack_require__(795);
;// CONCATENATED MODULE: ./lib/combined/own-job.js





function readOwnJob(inputs) {
    const { env } = inputs;
    const matrix = inputs_json(inputs, 'matrix');
    const job = (0,runner_env/* jobOf */.Zw)(env);
    const identity = { workflow: (0,runner_env/* workflowName */.tv)(env), job: env.GITHUB_JOB ?? '', matrix };
    const name = jobName(identity);
    const platformName = [identity.workflow, name].filter((part) => part !== '').join(' / ');
    return {
        job,
        runs: [env.GITHUB_RUN_NUMBER ?? '', env.GITHUB_RUN_ID ?? ''],
        contexts: [derivedName(identity), platformName, `${platformName} (${env.GITHUB_EVENT_NAME})`],
        checkRun: name,
    };
}
function isOwn({ name, status, run }, own) {
    const { job, contexts, checkRun } = own;
    if (run !== undefined && job.job !== '')
        return String(run.id) === job.job;
    if (!mayBeOwn({ name, status, run }, own))
        return false;
    if (run !== undefined)
        return name === checkRun;
    return job.job !== '' || contexts.some((one) => isSameName(one, name, job.platform));
}
function mayBeOwn({ status, run }, { job, runs }) {
    if (run !== undefined) {
        const isOfRun = (0,status_link/* parseLink */.Ap)(run.details_url, job)?.run === job.run;
        return run.status !== 'completed' && job.job === '' && isOfRun;
    }
    const link = status?.target_url;
    return status?.state === 'pending' && ((0,status_link/* isOurJob */.GO)(link, job) || (0,status_link/* isGiteaJobOf */.Dv)(link, job, runs));
}
function isElsewhere({ name, status }, ownRuns, own) {
    const { job, contexts } = own;
    const names = status === undefined ? ownRuns.map((run) => run.name) : contexts;
    const isNamedSo = names.some((one) => isSameName(withoutLeg(one), withoutLeg(name), job.platform));
    return isNamedSo && (status === undefined || isOfOtherJob(status, job));
}
function isOfOtherJob({ target_url }, job) {
    const isOfAnyRun = !job.platform.hasJobIds || (0,status_link/* parseLink */.Ap)(target_url, job) !== undefined;
    return isOfAnyRun && !(0,status_link/* isOurJob */.GO)(target_url, job);
}
function withoutLeg(name) {
    return name.split(' (')[0] ?? name;
}
function namesOfOwn(open, ownRuns, own) {
    const elsewhere = open.filter((item) => isElsewhere(item, ownRuns, own));
    const suspects = open.filter((item) => !elsewhere.includes(item) && mayBeOwn(item, own));
    return { suspects: namesIn(suspects), elsewhere: namesIn(elsewhere) };
}

;// CONCATENATED MODULE: ./lib/combined/rules/branch.js



const EXPECTED = '`none`, `event`, or the name of a branch';
function readRequiredBy(inputs, payload, isOwnRepository) {
    const given = strictText(inputs, 'required_by', "'none'", EXPECTED);
    if (given === 'none' || given === '')
        return undefined;
    if (given !== 'event') {
        const branch = given.replace(/^(refs\/)?heads\//, '');
        const isName = !/[\p{Cc}\p{Cs}\s~^:?*[\\]|\.\.|^\/|\/$|^\.?$/u.test(branch);
        if (!isName)
            wrong(inputs, 'required_by', EXPECTED);
        return { branch };
    }
    const { GITHUB_EVENT_NAME: event = '' } = inputs.env;
    const base = isOwnRepository ? baseOf(event, payload) : undefined;
    if (base !== undefined)
        return base;
    const why = isOwnRepository
        ? `the event ${quote(event)} does not name exactly one`
        : 'the event is about another repository';
    wrong(inputs, 'required_by', `the name of a branch, since ${why}; write \`required_by: main\``);
    return undefined;
}
function baseOf(event, payload) {
    if (event === 'issue_comment') {
        const number = (0,json.at)(payload, 'issue.number');
        const isPullRequest = (0,json/* isRecord */.u4)((0,json.at)(payload, 'issue.pull_request'));
        return isPullRequest && Number.isSafeInteger(number)
            ? { pullRequest: Number(number) }
            : undefined;
    }
    const branch = event.startsWith('pull_request')
        ? (0,json.at)(payload, 'pull_request.base.ref')
        : BRANCH.get(event)?.(payload);
    return typeof branch === 'string' && branch !== '' ? { branch } : undefined;
}
const BRANCH = new Map([
    ['merge_group', (payload) => headIn((0,json.at)(payload, 'merge_group.base_ref'))],
    ['push', (payload) => headIn((0,json.at)(payload, 'ref'))],
    ['workflow_run', baseOfRun],
]);
function baseOfRun(payload) {
    const own = (0,json.at)(payload, 'repository.id');
    const pulls = (0,json.at)(payload, 'workflow_run.pull_requests');
    const bases = (Array.isArray(pulls) ? pulls : [])
        .filter((pull) => (0,json.at)(pull, 'base.repo.id') === own)
        .map((pull) => (0,json.at)(pull, 'base.ref'));
    return new Set(bases).size === 1 ? bases[0] : undefined;
}
function headIn(ref) {
    return /^refs\/heads\/(?!gh-readonly-queue\/)(.+)$/s.exec(String(ref))?.[1];
}

;// CONCATENATED MODULE: ./lib/combined/inputs.js








const inputs_NAMES = {
    own: {
        ...COMMON.own,
        ref: 'event',
        contexts: '*',
        ignore: '',
        allowed_skips: '',
        required_by: 'none',
        check_runs: 'false',
        timeout_minutes: '0',
        interval_seconds: '15',
        require_success: 'false',
        matrix: '',
        check_run_id: '',
    },
    others: {
        ...COMMON.others,
        ref: 'sha commit',
        contexts: 'status checkname checkregexp matchpattern',
        ignore: 'ignored ignoreactions ignorecontexts ignorechecks ignorepattern runningworkflowname',
        timeout_minutes: 'timeout checktimeout checkretrycount',
        interval_seconds: 'interval checkinterval checkretryinterval waitinterval pollinterval',
        require_success: 'expectedstate',
    },
};
const MOST_MINUTES = 4320;
const MOST_SECONDS = 3600;
function readCombined(env, payload) {
    const inputs = inputsOf(env);
    checkNames(inputs, inputs_NAMES);
    const access = readAccess(inputs);
    const ref = readRef(inputs, payload, access);
    const choice = readChoice(inputs, access.platform);
    const requiredBy = readRequiredBy(inputs, payload, isOfEvent(access, env));
    const isAsked = requiredBy !== undefined && access.platform.hasCheckRuns;
    return checked(inputs, {
        ...access,
        ...choice,
        ref,
        requiredBy,
        withCheckRuns: readCheckRuns(inputs, access.platform) || isAsked,
        timeout: 60_000 * numberIn(inputs, 'timeout_minutes', 0, 0, MOST_MINUTES),
        interval: 1_000 * numberIn(inputs, 'interval_seconds', 15, 1, MOST_SECONDS),
        requireSuccess: flag(inputs, 'require_success', false),
        own: readOwnJob(inputs),
    });
}
function readChoice(inputs, platform) {
    strictText(inputs, 'contexts', "'*'", 'names, one per line, or `*` for all');
    const contexts = lines(inputs, 'contexts');
    const choice = {
        contexts: contexts.every((line) => line === '*') ? [] : contexts,
        ignore: lines(inputs, 'ignore'),
        allowedSkips: lines(inputs, 'allowed_skips'),
        platform,
    };
    const ignored = ignoredLines(choice);
    if (ignored.length > 0) {
        inputs.warnings.push(`Input \`contexts\` names ${listed(ignored, 3)}, which \`ignore\` excludes: it is not counted or waited for. Remove it from one of them.`);
    }
    return choice;
}
function readCheckRuns(inputs, platform) {
    const isGiven = flag(inputs, 'check_runs', false);
    if (isGiven && !platform.hasCheckRuns) {
        inputs.problems.push('Input `check_runs` is "true": expected `false`, since Gitea and Forgejo have no check runs; every job there has a status.');
    }
    return isGiven;
}
function numberIn(inputs, name, unset, least, most) {
    const [, unit = ''] = name.split('_');
    const expected = `a number of ${unit} from ${least} to ${most}`;
    return number(inputs, name, unset, expected, (value) => value >= least && value <= most);
}

;// CONCATENATED MODULE: ./lib/github/all-pages.js



const MOST_READINGS = 3;
async function readAllPages(github, list, ref) {
    let counts = '';
    for (let reading = 0; reading < MOST_READINGS; reading++) {
        const read = await readThrough(github, list, ref);
        if ('failure' in read)
            return read;
        const { sha, items, total } = read.value;
        if (items.length >= total)
            return { value: { sha, items } };
        counts = `${items.length} of ${total}`;
    }
    return { failure: incomplete(list.what, ref, counts) };
}
function incomplete(what, ref, counts) {
    return {
        cause: 'server',
        message: `Could not read the ${what} of ${quote(ref, 255)}: the server lists fewer entries than it counts (${counts}). Run the job again later.`,
        topic: 'the-server-lists-fewer-entries-than-it-counts',
    };
}
async function readThrough(github, list, ref) {
    let items = [];
    let [sha, count] = ['', 0];
    for (let number = 1;; number++) {
        const read = await readPage(github, list, sha || ref, number);
        if ('failure' in read)
            return read;
        const page = read.value;
        const before = items.length;
        items = list.unique(items.concat(page.items));
        sha = page.sha;
        count += page.items.length;
        const isMore = page.hasNext || count < page.total;
        if (!isMore || items.length === before) {
            return { value: { sha, items: [...items], total: page.total } };
        }
    }
}
async function readPage(github, { what, permission, route, parameter, query, itemsOf }, ref, page) {
    const { limit, per_page } = pageSize;
    const key = `${route} ${ref} ${page}`;
    const known = github.pages.get(key);
    const headers = known?.etag ? { 'if-none-match': known.etag } : {};
    const read = await request(github, {
        doing: `read the ${what} of ${quote(ref, 255)}`,
        permission,
        ref,
        route,
        parameters: { ...{ [parameter ?? 'ref']: ref }, ...query, page, per_page },
        extra: { limit, headers },
        expected: 200,
        parse: (data, answered) => pageIn(data, answered, itemsOf),
        known,
    });
    if ('value' in read)
        github.pages.set(key, read.value);
    return read;
}
function pageIn(data, headers, itemsOf) {
    if (!(0,json/* isRecord */.u4)(data))
        return undefined;
    const items = itemsOf(data);
    const total = Number(data.total_count ?? 0);
    if (items === undefined || !Number.isSafeInteger(total))
        return undefined;
    return {
        items,
        sha: (0,json/* textOf */.b6)(data.sha),
        total,
        hasNext: hasNextPage(headers),
        etag: String(headers.etag ?? ''),
    };
}

;// CONCATENATED MODULE: ./lib/github/check-runs.js


const CHECK_RUNS = {
    what: 'check runs',
    permission: 'checks: read',
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    query: { filter: 'all' },
    itemsOf: ({ check_runs }) => itemsIn(check_runs, checkRunOf),
    unique,
};
const SUITES = {
    what: 'check suites',
    permission: 'checks: read',
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-suites',
    itemsOf: ({ check_suites }) => itemsIn(check_suites, suiteOf),
    unique,
};
const WORKFLOW_RUNS = {
    what: 'workflow runs',
    permission: 'actions: read',
    route: 'GET /repos/{owner}/{repo}/actions/runs',
    parameter: 'head_sha',
    itemsOf: ({ workflow_runs }) => itemsIn(workflow_runs, workflowRunOf),
    unique,
};
function listCheckRuns(github, sha) {
    return readAllPages(github, CHECK_RUNS, sha);
}
async function listSuites(github, sha) {
    const read = await readAllPages(github, SUITES, sha);
    return 'failure' in read ? read : { value: read.value.items };
}
async function listWorkflowRuns(github, sha) {
    const read = await readAllPages(github, WORKFLOW_RUNS, sha);
    if ('value' in read)
        return { value: read.value.items };
    const isRefusal = ['permission', 'missing', 'refused'].includes(read.failure.cause);
    return isRefusal ? { value: 'unreadable' } : read;
}
function itemsIn(list, read) {
    return Array.isArray(list) ? list.filter(json/* isRecord */.u4).map(read) : undefined;
}
function unique(items) {
    return [...new Map(items.map((item) => [item.id, item])).values()];
}
function isOfActions(item) {
    return (0,json.at)(item, 'app.slug') === 'github-actions';
}
function checkRunOf(item) {
    const app = Number((0,json.at)(item, 'app.id'));
    return {
        id: Number(item.id),
        name: (0,json/* textOf */.b6)(item.name),
        status: (0,json/* textOf */.b6)(item.status),
        conclusion: (0,json/* textOf */.b6)(item.conclusion),
        details_url: (0,json/* textOf */.b6)(item.details_url),
        suite: String((0,json.at)(item, 'check_suite.id') ?? `of check run ${item.id}`),
        ...(app > 0 ? { app } : {}),
        isOfActions: isOfActions(item),
        started_at: (0,json/* textOf */.b6)(item.started_at),
        completed_at: (0,json/* textOf */.b6)(item.completed_at),
    };
}
function suiteOf(item) {
    const { id, status, conclusion } = item;
    return {
        id: String(id),
        status: (0,json/* textOf */.b6)(status),
        conclusion: (0,json/* textOf */.b6)(conclusion),
        isOfActions: isOfActions(item),
    };
}
function workflowRunOf(item) {
    const { workflow_id, head_branch, pull_requests } = item;
    const repository = (0,json.at)(item, 'head_repository.full_name');
    const pulls = Array.isArray(pull_requests) ? pull_requests.map((pull) => (0,json.at)(pull, 'id')) : [];
    const subject = [workflow_id, head_branch, repository, pulls.sort()];
    const isKnown = subject.every((part) => part !== undefined && part !== null);
    return {
        id: Number(item.id),
        suite: String(item.check_suite_id),
        event: (0,json/* textOf */.b6)(item.event),
        isOver: item.status === 'completed',
        subject: isKnown ? JSON.stringify(subject) : undefined,
    };
}

;// CONCATENATED MODULE: ./lib/github/list-statuses.js







const ROUTE = 'GET /repos/{owner}/{repo}/commits/{ref}/statuses';
const LEGACY_ROUTE = 'GET /repos/{owner}/{repo}/statuses/{ref}';
async function listStatuses(github, ref, isEnough) {
    const byId = new Map();
    let { read, route } = await firstPage(github, ref);
    let now = Date.now();
    for (let pages = 1; 'value' in read; pages++) {
        const page = read.value;
        now = page.now;
        const before = byId.size;
        for (const status of page.statuses)
            byId.set(list_statuses_keyOf(status, byId.size), status);
        const isNothingNew = byId.size === before;
        const isWhole = !page.hasNext || isNothingNew;
        if (isWhole || isEnough([...byId.values()], pages)) {
            return { statuses: sorted(byId), now, isWhole };
        }
        read = await listPage(github, route, ref, pages + 1);
    }
    return { statuses: sorted(byId), now, failure: read.failure };
}
async function firstPage(github, ref) {
    const read = await listPage(github, ROUTE, ref, 1);
    if ('value' in read || read.failure.cause !== 'missing')
        return { read, route: ROUTE };
    const legacy = await listPage(github, LEGACY_ROUTE, ref, 1);
    const isKnown = 'value' in legacy && (legacy.value.statuses.length > 0 || isSha(ref));
    return isKnown ? { read: legacy, route: LEGACY_ROUTE } : { read, route: ROUTE };
}
function listPage(github, route, ref, page) {
    const { limit, ...parameters } = pageSize;
    return request(github, {
        doing: `read the statuses of ${quote(ref, 255)}`,
        permission: 'statuses: read',
        ref,
        route,
        parameters: { ref, page, ...parameters },
        extra: { limit },
        expected: 200,
        parse: (data, headers) => {
            const statuses = statusesIn(data);
            if (statuses === undefined)
                return undefined;
            return { statuses, hasNext: hasNextPage(headers), now: clockOf({ headers }, Date.now()) };
        },
    });
}
async function canList(github, ref) {
    const { read } = await firstPage(github, ref);
    return 'value' in read;
}
function list_statuses_keyOf({ id }, index) {
    return Number.isNaN(id) ? `unknown ${index}` : id;
}
function sorted(statuses) {
    return [...statuses.values()].sort(newestFirst);
}
const NO_COMBINED_STATUS = {
    cause: 'missing',
    message: 'This server is too old to report the combined status of a commit. Use `list` to read its statuses.',
    topic: 'this-server-is-too-old-to-report-the-combined-status-of-a-commit',
};
async function readCombinedStatus(github, ref) {
    const read = await readAllPages(github, statusList(github.access.platform), ref);
    const isMissing = 'failure' in read && read.failure.cause === 'missing';
    const isTooOld = isMissing && (await canList(github, ref));
    return isTooOld ? { failure: NO_COMBINED_STATUS } : read;
}
function statusList(platform) {
    return {
        what: 'combined status',
        permission: 'statuses: read',
        route: 'GET /repos/{owner}/{repo}/commits/{ref}/status',
        itemsOf: ({ statuses = null }) => statusesIn(statuses),
        unique: (statuses) => newestOfEach(statuses, platform),
    };
}
function newestOfEach(statuses, platform) {
    const newest = new Map();
    for (const status of statuses.toSorted(newestFirst)) {
        const key = nameKey(status.context, platform);
        if (!newest.has(key))
            newest.set(key, status);
    }
    return [...newest.values()];
}

;// CONCATENATED MODULE: ./lib/github/branch-rules.js



const RULES = {
    what: 'rules',
    permission: 'metadata: read',
    route: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
    parameter: 'branch',
    itemsOf: (data) => (Array.isArray(data) && data.every(json/* isRecord */.u4) ? data : undefined),
    unique: (rules) => [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()],
};
const PROTECTION = {
    what: 'protection',
    permission: 'contents: read',
    route: 'GET /repos/{owner}/{repo}/branches/{branch}',
    parameter: 'branch',
    itemsOf: (data) => (typeof data.name === 'string' ? [data] : undefined),
    unique: ([branch]) => (branch === undefined ? [] : [branch]),
};
async function readBranchRules(github, name) {
    const protection = await readAllPages(github, PROTECTION, name);
    if ('failure' in protection)
        return protection;
    const [branch = {}] = protection.value.items;
    if (branch.name !== name)
        return { failure: renamed(name, String(branch.name)) };
    if (!github.access.platform.hasCheckRuns)
        return { value: { branch, rules: [] } };
    const rules = await readAllPages(github, RULES, name);
    return 'failure' in rules ? rules : { value: { branch, rules: rules.value.items } };
}
function renamed(name, now) {
    return {
        cause: 'missing',
        message: `Could not read the protection of ${quote(name, 255)}: the branch is called ${quote(now, 255)} now. Correct \`required_by\`.`,
        topic: 'the-branch-was-not-found',
    };
}

;// CONCATENATED MODULE: ./lib/combined/rules/read.js



async function readRequired(runner, github, rules) {
    const read = await readBranchRules(github, rules.branch);
    if ('failure' in read)
        return read;
    const required = requiredOf(read.value.rules, read.value.branch, github.access.platform);
    const failure = failureIn(required, rules);
    if (failure !== undefined)
        return { failure };
    if (JSON.stringify(required) !== JSON.stringify(rules.required))
        sayRequired(runner, rules.branch, required);
    rules.required = required;
    return { value: required };
}
function failureIn({ requirements, nameless, invalid }, { branch, hasLines }) {
    const name = quote(branch, 255);
    if (invalid !== undefined) {
        return {
            cause: 'unexpected',
            message: `What ${name} requires is not understood: ${invalid}. Name what has to pass in \`contexts\`, without \`required_by\`.`,
            topic: 'what--requires-is-not-understood',
        };
    }
    if (nameless.length > 0 && !hasLines) {
        return {
            cause: 'refused',
            message: `${name} requires something that no status check shows: ${joined(nameless)}. Add lines to \`contexts\` that name what has to pass for it.`,
            topic: 'requires-something-that-no-status-check-shows',
        };
    }
    if (nameless.length > 0 || requirements.length > 0)
        return undefined;
    return {
        cause: 'refused',
        message: `${name} requires no status check: neither its rulesets nor its protection name one. Require one in the settings of the repository, or name what has to pass in \`contexts\`, without \`required_by\`.`,
        topic: 'requires-no-status-check',
    };
}
function nothingLeft({ branch, required }) {
    const names = listed((required?.requirements ?? []).map(({ context }) => context));
    return {
        cause: 'refused',
        message: `Nothing is left of what ${quote(branch, 255)} requires: ${names} is this job, or \`ignore\` excludes it. Require another status check, or name what has to pass in \`contexts\`, without \`required_by\`.`,
        topic: 'nothing-is-left-of-what--requires',
    };
}
function sayRequired(runner, branch, { requirements, nameless, others }) {
    const name = quote(branch, 255);
    const checks = requirements.map((one) => `${nameWithApp(one)} (${one.by.join(', ')})`);
    const rest = others.length > 0 ? ` Not judged: ${joined(others)}.` : '';
    runner.info(`${name} requires ${joined(checks) || 'no status check'}.${rest}`);
    if (nameless.length > 0) {
        runner.warning(`${name} also requires something that no status check shows: ${joined(nameless)}. Only the lines of \`contexts\` can stand for it.`);
    }
}

;// CONCATENATED MODULE: ./lib/combined/outcome.js




function findingOfStatus(status) {
    const { context: name, state } = status;
    if (state === 'pending')
        return { name, status, outcome: 'pending' };
    return { name, status, outcome: ['success', 'skipped'].includes(state) ? 'passing' : 'failing' };
}
function outcomeOfCheckRun({ status, conclusion }) {
    const isCompleted = status === 'completed';
    const word = isCompleted ? conclusion : status;
    const state = (0,status_state/* stateOf */.L4)(word, { cancelled: 'error', skipped: 'success' });
    if (state === 'pending')
        return 'pending';
    return isCompleted && state === 'success' ? 'passing' : 'failing';
}
function findingOf(run, failed, before, suites, { allowedSkips = [], platform }) {
    const { name } = run;
    const outcome = outcomeOfCheckRun(run);
    const own = { name, run, outcome, isCancelled: run.conclusion === 'cancelled' };
    const isSkipped = run.conclusion === 'skipped' && outcome === 'passing' && run.isOfActions;
    if (!isSkipped || matchesAny(allowedSkips, name, platform))
        return own;
    const others = failed.length > 0 ? failed : before;
    const suite = suites?.find(({ id }) => id === run.suite);
    const isExcused = failed.length > 0 ? suite?.conclusion === 'success' : suite?.status === 'completed';
    if (others.length === 0 || isExcused)
        return own;
    const names = listed(namesIn(others), 3);
    return {
        name,
        run,
        outcome: failed.length > 0 ? 'failing' : 'pending',
        isCancelled: others.every(({ conclusion }) => conclusion === 'cancelled'),
        why: `${quote(name, 255)} was skipped in a run in which ${names} did not succeed: if that is right, add it to \`allowed_skips\`.`,
        ...(suites === undefined ? { asks: 'suites' } : {}),
    };
}
function leftOutAs({ context, app }, own, choice) {
    if (isIgnored(context, choice))
        return 'ignored';
    const isOwn = own.some(({ run }) => run?.name === context && (app === null || app === run.app));
    return isOwn ? 'this job' : undefined;
}
function isNamed({ context }, { name, run }, choice) {
    if (run !== undefined)
        return name === context;
    if (!choice.platform.hasCheckRuns)
        return matches(context, name, choice.platform);
    return name.toLowerCase() === context.toLowerCase();
}
function meet(requirements, own, others, findings, choice) {
    const outcomeOf = (one) => {
        const isOfName = (item) => isNamed(one, item, choice);
        const outcomes = findings.filter(isOfName).map(({ outcome }) => outcome);
        if (outcomes.includes('failing'))
            return 'failure';
        const apps = others.filter(isOfName).map(({ status, run }) => (run ?? status)?.app);
        if (one.app === null ? apps.length === 0 : !apps.includes(one.app))
            return 'missing';
        return outcomes.includes('pending') ? 'pending' : 'success';
    };
    return requirements.map((one) => ({
        ...one,
        became: leftOutAs(one, own, choice) ?? outcomeOf(one),
    }));
}

;// CONCATENATED MODULE: ./lib/combined/replaced.js


function afterNewerRuns(failing, jobs, runs) {
    const { run: job } = failing;
    if (runIdOf(job) === undefined)
        return failing;
    const newer = (jobs.byName.get(job.name) ?? []).filter(({ id, suite }) => id > job.id && suite !== job.suite);
    const successors = newer.filter(({ conclusion }) => !['skipped', 'neutral'].includes(conclusion));
    if (runs === undefined) {
        const isRival = successors.some((one) => outcomeOfCheckRun(one) !== 'failing');
        const isOpen = jobs.open.some((one) => isRerunOf(one, job, jobs));
        return isRival || isOpen ? { ...failing, asks: 'runs' } : failing;
    }
    const pairs = runs === 'unreadable' ? [] : pairsWith(failing, successors, jobs, runs);
    if (pairs.some(({ lacking }) => lacking.length === 0))
        return undefined;
    if (pairs.some(({ isOpen }) => isOpen))
        return { ...failing, outcome: 'pending' };
    const isPassed = successors.some((one) => outcomeOfCheckRun(one) === 'passing');
    const lacking = pairs.flatMap((one) => one.lacking);
    return isPassed ? { ...failing, why: whyNot(job, runs === 'unreadable', lacking) } : failing;
}
function isRerunOf({ id, suite, name }, job, { byName }) {
    const isOfSuite = (one) => one.suite === job.suite;
    return id > job.id && suite !== job.suite && (byName.get(name)?.some(isOfSuite) ?? false);
}
function whyNot({ name }, isUnreadable, lacking) {
    const passed = `${quote(name, 255)} passed in a newer run, but`;
    if (isUnreadable)
        return `${passed} telling whether that one replaces it takes \`actions: read\`.`;
    return lacking.length > 0
        ? `${passed} ${listed(lacking, 3)} did not run there, so the older result counts.`
        : `${passed} one of another workflow, event, branch or pull request, so the older result counts.`;
}
const FOR_PULL_REQUESTS = ['pull_request', 'pull_request_target'];
function pairsWith({ run: job, isCancelled }, successors, jobs, runs) {
    const older = runs.find(({ id, suite }) => id === runIdOf(job) && suite === job.suite);
    if (older?.subject === undefined)
        return [];
    const newer = runs.filter(({ id, subject, event }) => {
        const isEvent = event === older.event && FOR_PULL_REQUESTS.includes(event);
        return subject === older.subject && id > older.id && (isCancelled || isEvent);
    });
    return newer.flatMap((run) => {
        const theirs = jobs.byName
            .get(job.name)
            ?.filter((one) => one.suite === run.suite && runIdOf(one) === run.id) ?? [];
        if (!theirs.every((one) => successors.includes(one)))
            return [];
        const pair = pairOf(older, run, jobs);
        const isThere = theirs.length > 0 || pair.lacking.includes(job.name);
        return isThere ? pair : { ...pair, lacking: [...pair.lacking, job.name] };
    });
}
function jobsIn(current) {
    const jobs = current.filter((run) => runIdOf(run) !== undefined);
    return {
        byName: groupsOf(jobs, ({ name }) => name),
        byRun: groupsOf(jobs, (job) => `${job.suite} ${runIdOf(job)}`),
        open: jobs.filter(({ status }) => status !== 'completed'),
        pairs: new Map(),
    };
}
function groupsOf(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group === undefined)
            groups.set(key, [item]);
        else
            group.push(item);
    }
    return groups;
}
const JOB_PAGE = /\/actions\/runs\/(\d{1,16})\/job\/(\d{1,16})$/;
function runIdOf({ id, isOfActions, details_url }) {
    const [, run, job] = (isOfActions && JOB_PAGE.exec(details_url)) || [];
    return Number(job) === id ? Number(run) : undefined;
}
function pairOf(older, newer, jobs) {
    const key = `${older.id} ${newer.id}`;
    const known = jobs.pairs.get(key);
    if (known !== undefined)
        return known;
    const theirs = jobsOf(newer, jobs);
    const there = new Set(theirs.map(({ name }) => name));
    const skipped = new Set(theirs.filter(isSkipped).map(({ name }) => name));
    const ran = new Set(jobsOf(older, jobs)
        .filter((job) => !isSkipped(job))
        .map(({ name }) => name));
    const lacking = [...ran].filter((name) => skipped.has(name) || !there.has(name));
    const isOver = newer.isOver && theirs.every(({ status }) => status === 'completed');
    const pair = { lacking, isOpen: !isOver && lacking.every((name) => !there.has(name)) };
    jobs.pairs.set(key, pair);
    return pair;
}
function jobsOf({ id, suite }, { byRun }) {
    return byRun.get(`${suite} ${id}`) ?? [];
}
function isSkipped({ conclusion }) {
    return conclusion === 'skipped';
}

;// CONCATENATED MODULE: ./lib/combined/findings.js



function currentOf(runs) {
    const groups = groupsOf(runs, ({ suite, name }) => `${suite} ${name}`);
    return [...groups.values()].flatMap(latestOf);
}
function latestOf(runs) {
    if (runs.length === 1)
        return runs;
    const newest = runs.reduce((one, other) => (other.id > one.id ? other : one));
    return overlapping(runs).find((group) => group.includes(newest)) ?? [newest];
}
function overlapping(runs) {
    const spans = runs.map((run) => {
        const [start, end] = [Date.parse(run.started_at), Date.parse(run.completed_at)];
        return { run, start: start || -Infinity, end: end || Infinity };
    });
    const groups = [];
    let end = -Infinity;
    for (const span of spans.toSorted((one, other) => (one.start < other.start ? -1 : 1))) {
        const group = groups.at(-1);
        if (group !== undefined && span.start <= end)
            group.push(span.run);
        else
            groups.push([span.run]);
        end = Math.max(end, span.end);
    }
    return groups;
}
function findingsOf(chosen, current, { checkRuns: all, suites, runs, page }, choice) {
    const { statuses, checkRuns } = foundIn(chosen);
    const isIn = new Set(current);
    const failed = all.filter((one) => outcomeOfCheckRun(one) === 'failing' && !isIgnored(one.name, choice));
    const failures = groupsOf(failed, (one) => `${one.suite} ${isIn.has(one)}`);
    const jobs = jobsIn(current);
    const ofRuns = checkRuns.flatMap((run) => {
        const now = failures.get(`${run.suite} true`) ?? [];
        const before = failures.get(`${run.suite} false`) ?? [];
        const finding = findingOf(run, now, before, suites, choice);
        const isFinal = finding.outcome !== 'failing' || finding.asks !== undefined;
        return isFinal ? finding : (afterNewerRuns(finding, jobs, runs) ?? []);
    });
    const idle = hasGlob(choice) ? idleSuites(suites ?? [], all, page) : [];
    return [
        ...statuses.map(findingOfStatus),
        ...worstOfNames(ofRuns),
        ...idle.filter(({ name }) => !isIgnored(name, choice)),
    ];
}
const WORST_FIRST = ['failing', 'pending', 'passing'];
function worstOfNames(findings) {
    const rank = ({ outcome }) => WORST_FIRST.indexOf(outcome);
    const groups = [...groupsOf(findings, ({ name }) => name).values()];
    return groups.map((group) => group.reduce((one, other) => (rank(other) < rank(one) ? other : one)));
}
function idleSuites(suites, runs, commit) {
    const started = new Set(runs.map(({ suite }) => suite));
    const open = new Set(runs.flatMap((run) => (run.status === 'completed' ? [] : run.suite)));
    const isBetweenJobs = ({ id, status }) => status !== 'completed' && !open.has(id);
    return suites
        .filter((suite) => suite.isOfActions && (!started.has(suite.id) || isBetweenJobs(suite)))
        .map((suite) => {
        const page = `${commit}/checks?check_suite_id=${suite.id}`;
        const times = { started_at: '', completed_at: '' };
        return { ...suite, ...times, id: 0, suite: suite.id, name: page, details_url: page };
    })
        .filter(({ conclusion }) => conclusion !== 'cancelled')
        .map((run) => ({ name: run.name, run, outcome: outcomeOfCheckRun(run) }))
        .filter(({ outcome }) => outcome !== 'passing');
}

;// CONCATENATED MODULE: ./lib/combined/verdict.js




function judge(read, choice, own) {
    const current = currentOf(read.checkRuns);
    const there = itemsOf(read.statuses, current).filter(({ name }) => !isIgnored(name, choice));
    const owned = there.filter((item) => isOwn(item, own));
    const others = there.filter((item) => !owned.includes(item));
    const asked = choice.required?.filter((one) => !leftOutAs(one, owned, choice)) ?? [];
    const chosen = others.filter((item) => isChosen(item.name, choice) ||
        asked.some((requirement) => isNamed(requirement, item, choice)));
    const findings = findingsOf(chosen, current, read, choice);
    const namesWith = (outcome) => namesIn(findings.filter((one) => one.outcome === outcome));
    const [failing, pending] = [namesWith('failing'), namesWith('pending')];
    const gone = goneFrom(read.before, itemsOf(read.statuses, read.checkRuns), choice.platform);
    const missing = [...missingFrom(others, owned, choice), ...gone];
    const required = meet(choice.required ?? [], owned, others, findings, choice);
    const isUnmet = required.some(({ became }) => became === 'missing');
    const isNothing = findings.length === 0;
    const isOpen = isNothing || isUnmet || pending.length + missing.length > 0;
    const unless = isOpen ? 'pending' : 'success';
    const state = failing.length > 0 ? 'failure' : unless;
    return {
        state,
        ...foundIn(findings),
        chosen,
        failing,
        pending,
        missing,
        required,
        isOpen,
        names: namesIn(there),
        ...namesOfOwn(findings.filter(({ outcome }) => outcome !== 'passing'), foundIn(owned).checkRuns, own),
        why: [...new Set(findings.flatMap(({ why = [] }) => why))],
        asks: asksOf(state, findings, read, choice),
    };
}
function asksOf(state, findings, { suites }, choice) {
    const asks = findings.flatMap(({ asks = [] }) => asks);
    const isPassed = state === 'success' && choice.withCheckRuns === true && hasGlob(choice);
    return isPassed && suites === undefined ? ['suites', ...asks] : asks;
}

;// CONCATENATED MODULE: ./lib/combined/reading.js







function nothingKnown({ ref, branch }, { contexts }) {
    const rules = branch === undefined ? undefined : { branch, hasLines: contexts.length > 0 };
    return { ref, rules, sha: '', seen: new Map() };
}
async function readAndJudge(runner, github, inputs, known) {
    const { rules } = known;
    const first = rules && !rules.required && (await readRequired(runner, github, rules));
    if (first && 'failure' in first)
        return first;
    const found = await readFound(github, inputs, known);
    if ('failure' in found)
        return found;
    let judged = await judgeWhole(github, found.value, inputs, known);
    if (rules !== undefined && 'value' in judged && judged.value.state === 'success') {
        const again = await readRequired(runner, github, rules);
        judged = 'failure' in again ? again : await judgeWhole(github, found.value, inputs, known);
    }
    if ('failure' in judged)
        return judged;
    const verdict = judged.value;
    known.seen = seenAfter(known.seen, verdict.chosen, inputs.platform);
    const failure = hopeless(verdict, rules);
    return failure ? { failure } : { value: { sha: isSha(known.sha) ? known.sha : '', verdict } };
}
async function judgeWhole(github, read, inputs, known) {
    const choice = { ...inputs, required: known.rules?.required?.requirements };
    const verdict = judge(read, choice, inputs.own);
    const [ask] = verdict.asks;
    if (ask === undefined)
        return { value: verdict };
    const more = await (ask === 'suites'
        ? listSuites(github, known.sha)
        : listWorkflowRuns(github, known.sha));
    if ('failure' in more)
        return more;
    return judgeWhole(github, { ...read, [ask]: more.value }, inputs, known);
}
function hopeless({ missing, required }, rules) {
    const own = missing.filter(({ isHopeless }) => isHopeless).map(({ line }) => line);
    if (own.length > 0) {
        return {
            cause: 'refused',
            message: `Input \`contexts\` names this job itself, which cannot wait for its own end: ${listed(own, 3)}. Remove that line, or give the job another name.`,
            topic: 'contexts-names-this-job-itself',
        };
    }
    const isAsked = required.some(({ became }) => became !== 'ignored' && became !== 'this job');
    return rules && required.length > 0 && !isAsked ? nothingLeft(rules) : undefined;
}
async function readFound(github, { withCheckRuns, own }, known) {
    const combined = await readCombinedStatus(github, known.ref);
    if ('failure' in combined)
        return combined;
    const { items: statuses } = combined.value;
    const sha = combined.value.sha || known.ref;
    const listed = withCheckRuns && (await listCheckRuns(github, sha));
    if (listed && 'failure' in listed)
        return listed;
    if (sha !== known.sha)
        known.seen = new Map();
    known.sha = sha;
    const page = `${own.job.server}/${github.access.repository}/commit/${sha}`;
    const checkRuns = listed ? listed.value.items : [];
    return { value: { statuses, checkRuns, before: known.seen, page } };
}

;// CONCATENATED MODULE: ./lib/combined/summary.js


const LARGEST_TABLE = 900_000;
const MOST_ROWS = 500;
function summaryTable(verdict) {
    return table([
        ...verdict.statuses.map((one) => row(one.context, one.state, one.description, one.target_url)),
        ...verdict.checkRuns.map(({ name, status, conclusion, details_url }) => row(name, conclusion || status, 'Check run', details_url)),
        ...verdict.missing.map(({ line, why = '' }) => row(line, 'missing', why)),
    ]);
}
function requiredTable(required) {
    const appOf = (app) => (app === null ? 'Any app' : `App ${app}`);
    return table(required.map(({ context, app, by, became }) => row(context, became, `${appOf(app)}; ${by.join(', ')}`)));
}
function row(name, state, description, url = '') {
    return { name, state, description, url };
}
function table(rows) {
    if (rows.length === 0)
        return 'Nothing counts yet.\n';
    const lines = [];
    let size = 0;
    for (const row of rows.toSorted((one, other) => rank(one) - rank(other))) {
        const line = `| ${linked(row)} | ${literal(row.state)} | ${literal(row.description)} |`;
        size += Buffer.byteLength(line) + 1;
        if (lines.length === MOST_ROWS || size > LARGEST_TABLE)
            break;
        lines.push(line);
    }
    const more = rows.length > lines.length ? `\n\nand ${rows.length - lines.length} more` : '';
    return `| Context | State | Description |\n| --- | --- | --- |\n${lines.join('\n')}${more}\n`;
}
const LAST = 'missing,skipped,neutral,success,ignored,this job'.split(',');
function rank({ state }) {
    if (LAST.includes(state))
        return 1 + LAST.indexOf(state);
    return (0,status_state/* stateOf */.L4)(state, status_state/* DEFAULT_WORD_STATES */.y9) === 'pending' ? 0 : -1;
}
function linked({ name, url }) {
    const encoded = (character) => `%${character.charCodeAt(0).toString(16)}`;
    const address = (0,status_url/* parseUrl */.Dl)(url)?.href.replace(/[()|<>\\`]/g, encoded);
    if (address === undefined)
        return literal(name);
    return `[${literal(name)}](${address.replaceAll('&', '&amp;')})`;
}
function literal(text) {
    return text
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ./lib/combined/combined.js















async function combined(runner) {
    const inputs = acceptInputs(runner, readCombined(runner.env, runner.payload));
    if (inputs === undefined)
        return;
    const { timeout, repository, requireSuccess } = inputs;
    const end = Date.now() + timeout;
    const budget = timeout === 0 ? COMBINED_ONCE : upTo(timeout + LAST_READING);
    const github = connect(inputs, runner, budget);
    const subject = await subjectOf(github, inputs);
    if ('failure' in subject)
        return report(runner, 'fail', [subject.failure]);
    const { reading, problem } = await watch(runner, github, subject.value, inputs, end);
    const commit = reading?.sha || subject.value.ref;
    const name = quote(`${repository}@${isSha(commit) ? commit.slice(0, 7) : commit}`, 300);
    if (reading !== undefined)
        await publishReading(runner, reading, name, subject.value);
    if (problem !== undefined)
        return report(runner, 'fail', [problem]);
    if (reading === undefined)
        return;
    const { verdict } = reading;
    const isUp = timeout > 0 && verdict.isOpen && Date.now() >= end;
    const line = `The combined status of ${name} is ${verdict.state}. ${timeUp(isUp, timeout)}${describeVerdict(verdict, inputs)}`;
    if (requireSuccess && verdict.state !== 'success')
        runner.fail(line);
    else
        runner.info(line);
}
function timeUp(isUp, timeout) {
    return isUp ? `The time is up after ${duration(timeout)}. ` : '';
}
async function subjectOf(github, { ref, requiredBy }) {
    const number = 'pullRequest' in ref ? ref.pullRequest : requiredBy?.pullRequest;
    const pull = number === undefined ? undefined : await readPull(github, number);
    if (pull !== undefined && 'failure' in pull)
        return pull;
    const { sha = '', base = '' } = pull?.value ?? {};
    const named = 'ref' in ref ? ref.ref : { sha, ...ref }.sha;
    return { value: { ref: named, branch: requiredBy && (requiredBy.branch ?? base) } };
}
async function publishReading(runner, { sha, verdict }, name, { branch }) {
    const { state, checkRuns, failing, pending, required } = verdict;
    const statuses = verdict.statuses.map(shownStatus);
    const unmet = required.filter(({ became }) => became === 'missing').map(({ context }) => context);
    const missing = new Set([...unmet, ...verdict.missing.map(({ line }) => line)]);
    const total_count = statuses.length + checkRuns.length;
    const check_runs = checkRuns.map(({ name, status, conclusion, details_url }) => {
        return { name, status, conclusion, details_url };
    });
    const names = { failing, pending, missing: [...missing] };
    setOutputs(runner, { state, sha, total_count, ...names, statuses, check_runs });
    let summary = `### Combined status of ${literal(name)}: ${state}\n\n${summaryTable(verdict)}`;
    if (branch !== undefined) {
        const asked = required.map(({ context, app }) => ({ context, app }));
        setOutputs(runner, { required: asked });
        summary += `\n#### Required by ${literal(branch)}\n\n${requiredTable(required)}`;
    }
    await runner.summarize(summary);
}
async function watch(runner, github, subject, inputs, end) {
    const known = nothingKnown(subject, inputs);
    const cancelled = runner.cancelled().then(() => 'cancelled');
    let reading;
    let line = '';
    for (;;) {
        const read = await Promise.race([readAndJudge(runner, github, inputs, known), cancelled]);
        if (read === 'cancelled')
            return { reading, problem: cancellation(line) };
        const problem = 'failure' in read ? read.failure : undefined;
        reading = 'value' in read ? read.value : reading;
        const left = end - Date.now();
        if (left <= 0 || isOver(read, inputs))
            return { reading, problem };
        line = say(runner, line, combined_lineOf(read, inputs));
        const woken = await Promise.race([sleep(Math.min(inputs.interval, left)), cancelled]);
        if (woken === 'cancelled')
            return { reading, problem: cancellation(line) };
    }
}
function isOver(read, { requireSuccess }) {
    if ('failure' in read)
        return read.failure.cause === 'limit' || isLasting(read.failure.cause);
    const { isOpen, state } = read.value.verdict;
    return !isOpen || (requireSuccess && state === 'failure');
}
function say(runner, before, line) {
    if (line !== before)
        runner.info(`Waiting. ${line}`);
    return line;
}
function combined_lineOf(read, inputs) {
    return 'failure' in read ? read.failure.message : describeVerdict(read.value.verdict, inputs);
}
function cancellation(line) {
    if (line === '')
        return { message: 'Cancelled before the combined status was read.' };
    return { message: `Cancelled while waiting. ${line}` };
}

;// CONCATENATED MODULE: ./lib/list.js














async function list(runner) {
    const inputs = acceptInputs(runner, readList(runner.env, runner.payload));
    if (inputs === undefined)
        return;
    const { context, limit, repository, platform } = inputs;
    const github = connect(inputs, runner, LIST);
    const ref = await resolveRef(github, inputs.ref);
    if ('failure' in ref)
        return report(runner, 'fail', [ref.failure]);
    const asked = nameKey(context, platform);
    const isAsked = (status) => asked === '*' || nameKey(status.context, platform) === asked;
    const read = await listStatuses(github, ref.value, (statuses) => statuses.filter(isAsked).length >= limit);
    if (read.failure !== undefined)
        return report(runner, 'fail', [read.failure]);
    const statuses = read.statuses.filter(isAsked).slice(0, limit);
    const commit = isSha(ref.value) ? ref.value.slice(0, 7) : ref.value;
    const count = `${statuses.length} ${statuses.length === 1 ? 'status' : 'statuses'}`;
    runner.info(`Read ${count} of ${quote(`${repository}@${commit}`, 300)}.`);
    setOutputs(runner, {
        count: statuses.length,
        state: statuses[0]?.state ?? '',
        statuses: statuses.map(shownStatus),
    });
}
const list_NAMES = {
    own: {
        ...COMMON.own,
        ref: 'event',
        context: '*',
        limit: '100',
    },
    others: {
        ...COMMON.others,
        ref: 'sha commit',
        limit: 'perpage',
    },
};
const LARGEST_LIMIT = 100_000;
function readList(env, payload) {
    const inputs = inputsOf(env);
    checkNames(inputs, list_NAMES);
    const access = readAccess(inputs);
    const isRight = (value) => Number.isInteger(value) && value >= 1 && value <= LARGEST_LIMIT;
    const expected = `a whole number from 1 to ${LARGEST_LIMIT}`;
    return checked(inputs, {
        ...access,
        ref: readRef(inputs, payload, access),
        context: readContext(inputs),
        limit: number(inputs, 'limit', 100, expected, isRight),
    });
}
function readContext(inputs) {
    const expected = 'one name, or `*` for all';
    const context = strictText(inputs, 'context', "'*'", expected);
    if (context !== '*' && context.includes('*'))
        wrong(inputs, 'context', expected);
    return context;
}

// EXTERNAL MODULE: ./lib/publish/mode.js
var publish_mode = __webpack_require__(601);
;// CONCATENATED MODULE: ./lib/publish/outcome.js





function failuresIn({ written, failure }) {
    const each = writeFailuresIn({ written });
    return failure === undefined ? each : [failure, ...each];
}
function writeFailuresIn({ written }) {
    return written.flatMap((one) => one.failure ?? []);
}
function problemsIn(writes) {
    const failures = failuresIn(writes);
    const untried = writes.written.filter(({ id, kept, failure }) => id === '' && !kept && !failure);
    if (untried.length === 0)
        return failures;
    const start = failures.length > 0 ? 'Not attempted after that' : 'Cancelled before publishing';
    const names = untried.map(({ status }) => quote(status.context, 255));
    return [...failures, { message: `${start}: ${names.join(', ')}.` }];
}
function logWritten({ access, log }, job, written) {
    if (written.failure === undefined)
        log(outcome_lineOf(written, access.repository, ownServer(job, access)));
}
function outcome_lineOf({ status, id, kept }, repository, server) {
    const { context, state, description, sha } = status;
    const name = `${quote(context, 255)} on ${commitLabel(repository, sha, server)}`;
    if (kept === 'newer')
        return `Left ${name}: a newer run has already published it.`;
    if (kept === 'failure' && id === '') {
        return `Left ${name} as failed: this job's success must not hide another job's failure.`;
    }
    if (kept === 'sibling' && id === '') {
        return `Left ${name} pending: another job still runs under this name.`;
    }
    return `Published ${state} as ${name}: ${description}`;
}
function commitLabel(repository, sha, server) {
    const label = `${repository}@${sha.slice(0, 7)}`;
    return server === '' ? label : `${label} (${server}/${repository}/commit/${sha})`;
}
function ownServer({ server }, { apiUrl }) {
    const [page, api] = [(0,status_url/* parseUrl */.Dl)(server)?.hostname, (0,status_url/* parseUrl */.Dl)(apiUrl)?.hostname];
    return page !== undefined && (api === page || api === `api.${page}`) ? server : '';
}
const READ_ONLY = {
    fork: {
        message: 'No commit status is published: pull requests from forks get a read-only token. The job is not affected. To publish for forks, add a workflow on `workflow_run`.',
        topic: 'no-commit-status-is-published-pull-requests-from-forks-get-a-read-only-token',
    },
    Dependabot: {
        message: 'No commit status is published: runs started by Dependabot get a read-only token. The job is not affected. To publish there too, add `permissions: { statuses: write }` to the job, and what its other steps need.',
        topic: 'no-commit-status-is-published-runs-started-by-dependabot-get-a-read-only-token',
    },
};
function isReadOnly(failures, isJobToken) {
    return isJobToken && failures.some(({ topic }) => topic === 'the-token-lacks-a-permission');
}
const DEPENDABOT = 'dependabot[bot]';
function untrustedAuthor(env, payload) {
    const { GITHUB_EVENT_NAME: event = '', GITHUB_ACTOR: actor } = env;
    const isDependabot = [actor, (0,json.at)(payload, 'pull_request.user.login')].includes(DEPENDABOT);
    if (isDependabot)
        return 'Dependabot';
    if (!PULL_REQUEST_EVENTS.includes(event))
        return undefined;
    const head = (0,json.at)(payload, 'pull_request.head.repo.id');
    const base = (0,json.at)(payload, 'pull_request.base.repo.id');
    return head === base ? undefined : 'fork';
}
async function reportReadOnly(runner, author) {
    report(runner, 'warning', [READ_ONLY[author]]);
    await runner.summarize(`### Commit status\n\n${READ_ONLY[author].message}\n`);
}

;// CONCATENATED MODULE: ./lib/publish/memory.js





const UNSURE = '?';
function isKnownId(id) {
    return id !== '' && id !== UNSURE;
}
function emptyMemory({ choices: { cancelled }, failOnError }, { env, payload }) {
    const place = (0,publish_mode/* placeOf */.$t)(env);
    const author = untrustedAuthor(env, payload);
    return {
        fingerprint: (0,publish_mode/* fingerprintOf */.ax)(env),
        opened: [],
        ...(place && { place }),
        ...(author && { author }),
        ...(cancelled !== status_state/* DEFAULT_WORD_STATES */.y9.cancelled && { cancelledState: cancelled }),
        ...(!failOnError && { failOnError: false }),
    };
}
function remember(runner, memory) {
    const text = memory === undefined ? '' : JSON.stringify(memory);
    runner.saveState('memory', text === '' ? '' : `${sealOf(text, runner.env)}.${text}`);
}
function recall(env) {
    const saved = env.STATE_memory ?? '';
    if (saved === '')
        return 'nothing';
    const end = saved.indexOf('.');
    const seal = Buffer.from(saved.slice(0, Math.max(end, 0)));
    const right = Buffer.from(sealOf(saved.slice(end + 1), env));
    if (seal.length !== right.length || !(0,external_node_crypto_.timingSafeEqual)(seal, right))
        return 'not ours';
    return JSON.parse(saved.slice(end + 1));
}
function sealOf(text, env) {
    return (0,external_node_crypto_.createHmac)('sha256', (0,runner_env/* inputText */.AN)(env, 'job_token')).update(text).digest('base64url');
}
function notOurs(consequence) {
    return {
        message: `The saved state was not written by this job: another step set \`STATE_memory\`, or \`job_token\` has changed since. ${consequence}`,
        topic: 'the-saved-state-was-not-written-by-this-job',
    };
}

// EXTERNAL MODULE: ./lib/publish/outputs.js
var outputs = __webpack_require__(770);
;// CONCATENATED MODULE: ./lib/publish/conclude.js







function concludePre(runner, access, done) {
    const isTokenLate = (0,runner_env/* inputText */.AN)(runner.env, 'token') === '';
    const isLost = done.memory.found !== undefined && 'why' in done.memory.found;
    const ending = isLost
        ? 'Nothing will be published: later, nobody knows on which commit the job has worked.'
        : 'The main step tries again.';
    const isJobToken = access.isJobToken && !isTokenLate;
    return conclude(runner, isJobToken, done, isTokenLate ? 'info' : 'warning', ending);
}
function concludeMain(runner, inputs, done) {
    setOutputs(runner, outputsBy(inputs, done));
    const failures = failuresIn(done);
    const failed = failures[0]?.topic;
    const { found: _, ...memory } = done.memory;
    const ended = { ...done, memory: { ...memory, ...(failed && { failed }) } };
    const isLimited = inputs.once === undefined && failures.every(({ cause }) => cause === 'limit');
    const level = inputs.failOnError && !isLimited ? 'fail' : 'warning';
    const ending = isLimited ? "The post step publishes the job's result." : '';
    return conclude(runner, inputs.isJobToken, ended, level, ending);
}
async function conclude(runner, isJobToken, done, level, ending) {
    const author = isReadOnly(writeFailuresIn(done), isJobToken) ? done.memory.author : undefined;
    const memory = { ...done.memory, ...(author && { readOnly: true }) };
    const isNothing = memory.opened.length === 0 && memory.found === undefined;
    remember(runner, isNothing ? undefined : memory);
    if (author !== undefined)
        return reportReadOnly(runner, author);
    report(runner, level, problemsIn(done), ending);
}
function outputsBy({ once }, { written }) {
    const isList = once?.kind === 'list';
    if (isList && once.entries.length === 0)
        return (0,outputs/* noOutputs */.Q9)(true);
    const published = written.map(({ status: { target_url = '', ...status }, id }) => {
        return { ...status, target_url, id };
    });
    return (0,outputs/* outputsOf */.Yz)(published, isList);
}
function enforceSuccess(runner, { once, requireSuccess }) {
    if (!requireSuccess || once === undefined || once.state === 'success')
        return;
    const asked = once.state === undefined ? 'there is none' : `it is \`${once.state}\``;
    runner.fail(`Input \`require_success\` asks for the state \`success\`, but ${asked}${reasonOf(once)}.`);
}
function reasonOf(once) {
    if (once.kind === 'roll-up')
        return `: ${once.description}. Look at the jobs that it names`;
    if (once.kind === 'single')
        return `, as \`state\` says`;
    const failing = once.entries.filter(({ state }) => state !== 'success');
    const contexts = failing.map(({ context }) => context);
    const names = listed(contexts, 5);
    return names === '' ? ', since `statuses` is an empty list' : `, because of ${names}`;
}

;// CONCATENATED MODULE: ./lib/publish/commit.js






function readCommit(inputs, payload, access, isNeeded, found) {
    if (found && 'sha' in found && found.by === (0,publish_mode/* commitKeyOf */.w_)(inputs.env))
        return { sha: found.sha };
    const sha = strictText(inputs, 'sha', "'event'", `\`event\`, or ${expectedSha()}`);
    const pullRequest = strictText(inputs, 'pull_request', "'none'", 'the number of a pull request');
    if (pullRequest !== '' && pullRequest !== 'none') {
        if (sha !== '' && sha !== 'event')
            wrong(inputs, 'sha', 'to be omitted: `pull_request` decides the commit');
        return readPullRequest(inputs, pullRequest);
    }
    if (sha === 'event') {
        return isNeeded ? readEventCommit(inputs, 'sha', payload, access) : { none: 'none is needed' };
    }
    if (sha !== '' && !isSha(sha))
        wrong(inputs, 'sha', `\`event\`, or ${expectedSha(sha)}`);
    warnOfTestMerge(inputs, 'Input `sha`', sha, payload);
    return { sha: sha.toLowerCase() };
}
function readPullRequest(inputs, value) {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : 0;
    if (number === 0)
        wrong(inputs, 'pull_request', '`none`, or the number of a pull request');
    return { pullRequest: number };
}
function warnOfTestMerge(inputs, where, sha, payload) {
    const head = testMergeHead(inputs, sha, payload);
    if (head === undefined)
        return;
    inputs.warnings.push(`${where} is the pull request's test merge commit, whose statuses override the head's. Omit it to publish on ${head} where people look.`);
}
async function findCommit(github, env, { commit, needsCommit }, before) {
    if (!needsCommit)
        return { found: { value: '' }, memory: before };
    const by = (0,publish_mode/* commitKeyOf */.w_)(env);
    const lost = before.found?.by === by && 'why' in before.found ? before.found.why : undefined;
    if (lost !== undefined)
        return { found: { failure: lostCommit(lost) }, memory: before };
    if ('none' in commit)
        return { found: { failure: noCommit(commit.none) }, memory: before };
    if ('sha' in commit)
        return { found: { value: commit.sha }, memory: before };
    const found = await resolveRef(github, commit);
    const remembered = rememberedOf(found, by, env);
    return { found, memory: { ...before, ...(remembered && { found: remembered }) } };
}
function rememberedOf(found, by, env) {
    if ('value' in found)
        return { by, sha: found.value };
    return (0,runner_env/* inputText */.AN)(env, 'token') === '' ? undefined : { by, why: found.failure.message };
}
function lostCommit(why) {
    const message = `The commit was not found when the job started, and another may have been pushed since: nothing is published. ${why}`;
    return { cause: 'missing', message, topic: 'the-commit-was-not-found-when-the-job-started' };
}
function noCommit(reason) {
    const message = `There is no commit for the entries of \`statuses\` without a \`sha\`: ${reason}.`;
    return { cause: 'missing', message, topic: '' };
}

;// CONCATENATED MODULE: ./lib/publish/inputs/contexts.js




const MOST_CONTEXTS = 100;
const MOST_BYTES = 50_000;
function readContexts(inputs, platform, isList) {
    const given = strictText(inputs, 'context', "'job'", 'a name, or `job` for the derived one');
    const matrix = inputs_json(inputs, 'matrix');
    if (given === 'job')
        return [nameOfJob(inputs, matrix, isList)];
    const contexts = namesOf(linesOf(given), platform).map((one) => noted(inputs, one));
    if (contexts.includes('')) {
        wrong(inputs, 'context', 'names with something left after removing control characters');
    }
    const bytes = Buffer.byteLength(contexts.join(''));
    if (contexts.length > MOST_CONTEXTS || bytes > MOST_BYTES) {
        const expected = `at most ${MOST_CONTEXTS} names, ${MOST_BYTES} bytes in total`;
        wrong(inputs, 'context', `${expected}; use \`statuses\` for more`);
    }
    else
        noteDoubtfulNames(inputs, contexts, matrix);
    return contexts;
}
function nameOfJob(inputs, matrix, isList) {
    const workflow = (0,runner_env/* workflowName */.tv)(inputs.env);
    if (acceptableName(workflow) !== '') {
        const job = inputs.env.GITHUB_JOB ?? '';
        return noted(inputs, fitContext(derivedName({ workflow, job, matrix })));
    }
    if (!isList) {
        wrong(inputs, 'context', 'a name, since the workflow has none; or give the workflow a `name:`');
    }
    return '';
}
const contexts_MOST_VALUES = 50;
function noteDoubtfulNames(inputs, contexts, matrix) {
    warnOfSharedName(inputs, contexts, matrix);
    if (contexts.includes(inputs.env.GITHUB_JOB ?? '')) {
        inputs.notes.push("Input `context` is the job's id: GitHub shows a check run of that name beside it, and a rule that requires the name waits for both.");
    }
    const odd = contexts.find((name) => name.endsWith('/') || name.includes('()'));
    if (odd !== undefined) {
        inputs.notes.push(`Input \`context\` is ${quote(odd)}: check that no expression in it came out empty.`);
    }
}
function warnOfSharedName(inputs, contexts, matrix) {
    const lower = (name) => acceptableName(name).toLowerCase();
    const values = matrixValues(matrix).slice(0, contexts_MOST_VALUES).map(lower).filter(Boolean);
    const total = (0,runner_env/* inputText */.AN)(inputs.env, 'job_total');
    if (values.length === 0 || total === '1')
        return;
    const shared = contexts.find((name) => !values.some((value) => lower(name).includes(value)));
    if (shared === undefined)
        return;
    const line = `Input \`context\` has the name ${quote(shared)}, which contains no value of this matrix leg: all legs publish under it.`;
    const lines = /^\d+$/.test(total) ? inputs.warnings : inputs.notes;
    lines.push(line);
}
function givenContexts(env, platform) {
    const given = (0,runner_env/* inputText */.AN)(env, 'context');
    return given === 'job' ? [] : namesOf(linesOf(given), platform).map((one) => one.text);
}

;// CONCATENATED MODULE: ./lib/publish/inputs/input-names.js

const input_names_NAMES = {
    own: {
        ...COMMON.own,
        context: 'job',
        description: '',
        target_url: '',
        state: 'job',
        needs: 'none',
        allowed_skips: 'none',
        statuses: 'none',
        enabled: 'true',
        sha: 'event',
        pull_request: 'none',
        require_success: 'false',
        cancelled_state: 'error',
        skipped_state: 'error',
        fail_on_error: 'true',
        job_status: '',
        matrix: '',
        job_total: '',
        check_run_id: '',
    },
    others: {
        ...COMMON.others,
        state: 'status conclusion outcome result',
        needs: 'jobs',
        context: 'statuscontext checkname',
        description: 'message',
        target_url: 'detailsurl link',
        sha: 'commit commitsha headsha',
        pull_request: 'pr prnumber pullnumber pullrequestnumber',
    },
};

;// CONCATENATED MODULE: ./lib/publish/inputs/entry.js







const entry_FIELDS = ['context', 'state', 'description', 'target_url', 'sha'];
const IGNORED = 'id node_id url avatar_url created_at updated_at creator required'.split(' ');
function readEntry(inputs, value, index, step) {
    const fields = fieldsOf(inputs, value, `statuses[${index}]`);
    return {
        context: entry_readContext(inputs, fields, step),
        ...readState(fields, step),
        description: noted(inputs, fitDescription(fields.field('description') ?? '')) || step.description,
        targetUrl: readTargetUrl(fields, step),
        sha: readSha(fields),
    };
}
function fieldsOf({ problems }, value, name) {
    const report = (field, found, expected) => {
        const text = typeof found === 'string' ? found : JSON.stringify(found);
        problems.push(problemWith(field === '' ? name : `${name}.${field}`, text, expected));
    };
    if (!(0,json/* isRecord */.u4)(value) || Array.isArray(value)) {
        report('', value, 'an object');
        return { field: () => undefined, report: () => { } };
    }
    const fields = value;
    for (const [key, found] of Object.entries(fields)) {
        if (!isKnown(key))
            report(key, found, `one of the fields ${entry_FIELDS.join(', ')}`);
    }
    for (const key of entry_FIELDS) {
        if (typeof (fields[key] ?? '') !== 'string')
            report(key, fields[key], 'a text');
    }
    const field = (key) => {
        const found = fields[key];
        return typeof found === 'string' ? found.trim() : undefined;
    };
    return { field, report };
}
function isKnown(key) {
    return [...entry_FIELDS, ...IGNORED].includes(key);
}
function entry_readContext(inputs, { field, report }, { contexts }) {
    const given = field('context');
    if (given === undefined && contexts.length > 1) {
        report('context', '', 'a name, since `context` of the step has several lines');
    }
    const name = noted(inputs, fitContext(given ?? contexts[0] ?? ''));
    if (name === '')
        report('context', given ?? '', 'a name');
    return name;
}
function readState({ field, report }, step) {
    const given = field('state')?.toLowerCase();
    if (given === undefined && step.state !== undefined)
        return { state: step.state, word: step.word };
    const isWarning = given === 'warning' && step.gitea !== undefined;
    const word = isWarning ? 'failure' : (given ?? '');
    const state = (0,status_state/* stateOf */.L4)(word, step.choices);
    if (state === undefined)
        report('state', word, `one of ${status_state/* WORDS */.q9.join(', ')}${nearWord(word)}`);
    return { state: state ?? 'error', word };
}
function readTargetUrl({ field, report }, { gitea = '' }) {
    const given = field('target_url') ?? '';
    const url = (0,status_url/* targetUrlOf */.iI)(/^\/[^/]/.test(given) ? gitea + given : given);
    if (url === undefined)
        report('target_url', given, status_url/* ADDRESS */.BD);
    return url ?? '';
}
function readSha({ field, report }) {
    const given = field('sha')?.toLowerCase();
    if (given === undefined || isSha(given))
        return given;
    report('sha', given, expectedSha(given));
    return undefined;
}

;// CONCATENATED MODULE: ./lib/publish/inputs/needs.js








const needs_EXPECTED = 'the results of the needed jobs; write `needs: ${{ toJSON(needs) }}` in a job that has `needs`';
function readNeeds(inputs, choices) {
    const needs = inputs_json(inputs, 'needs', needs_EXPECTED);
    const words = wordsIn(needs);
    if (needs !== undefined && words === undefined)
        wrong(inputs, 'needs', needs_EXPECTED);
    const results = (words ?? []).map(([job, word]) => ({ job, word, state: (0,status_state/* stateOf */.L4)(word, choices) ?? 'error' }));
    const allowedLines = readAllowedSkips(inputs);
    if (words !== undefined)
        checkAllowedSkips(inputs, allowedLines, results);
    warnOfUnknown(inputs, results, choices);
    const skipped = results.filter(({ word }) => word === 'skipped');
    const isAllowed = ({ job, word }) => word === 'skipped' && allowedLines.some((line) => matches(line, job, status_platform/* GITHUB */.U0));
    const allowed = skipped.filter(isAllowed);
    const { state, counting } = (0,status_state/* rollUp */.F3)(results.filter((result) => !isAllowed(result)));
    warnOfSkips(inputs, state, counting, allowed);
    const subjects = counting.length > 0 ? counting : allowed;
    const description = fitDescription(describeRollUp(state, subjects, skipped)).text;
    return { kind: 'roll-up', state, description };
}
function wordsIn(needs) {
    if (!(0,json/* isRecord */.u4)(needs))
        return undefined;
    const results = Array.isArray(needs)
        ? needs.map((word) => ['', word])
        : Object.entries(needs).map(([job, value]) => [
            job,
            (0,json/* isRecord */.u4)(value) ? value.result : undefined,
        ]);
    const isRight = (one) => typeof one[1] === 'string';
    return results.length > 0 && results.every(isRight) ? results : undefined;
}
function readAllowedSkips(inputs) {
    const allowed = lines(inputs, 'allowed_skips');
    if (allowed.length === 1 && allowed[0] === 'none')
        return [];
    const several = allowed.find((line) => line.includes(','));
    if (several === undefined)
        return allowed;
    const jobs = several.split(',').map((job) => `\`${job.trim()}\``);
    wrong(inputs, 'allowed_skips', `one job per line; write ${joined(jobs)} on lines of their own`);
    return [];
}
function checkAllowedSkips(inputs, allowed, results) {
    const jobs = results.map(({ job }) => job);
    const hasNames = jobs.some((job) => job !== '');
    const isRight = (line) => hasNames ? jobs.some((job) => matches(line, job, status_platform/* GITHUB */.U0)) : line === '*';
    const unmatched = allowed.filter((line) => !isRight(line));
    if (unmatched.length === 0)
        return;
    if (!hasNames) {
        wrong(inputs, 'allowed_skips', '`*` alone, since the results in `needs` have no names');
        return;
    }
    const expected = `names of jobs in \`needs\`, \`*\` for any text; it has none called ${joined(unmatched.map((line) => withSimilar(line, jobs)))}`;
    wrong(inputs, 'allowed_skips', expected);
}
function withSimilar(line, jobs) {
    const similar = similarNames(line, jobs, 2);
    return quote(line) + (similar.length > 0 ? ` (similar: ${listed(similar)})` : '');
}
function warnOfUnknown(inputs, results, choices) {
    const unknown = results.filter(({ word }) => (0,status_state/* stateOf */.L4)(word, choices) === undefined);
    if (unknown.length === 0)
        return;
    const shown = unknown.map(({ job, word }) => (job ? `${quote(job)}: ` : '') + quote(word));
    inputs.warnings.push(`Input \`needs\` has a result that is not known, and counts as \`error\`: ${joined(shown, 5)}.`);
}
function warnOfSkips(inputs, state, counting, allowed) {
    if (counting.length === 0 && allowed.length > 0) {
        inputs.warnings.push('All needed jobs were skipped, as `allowed_skips` allows. If they were skipped because another job failed, add that job to `needs`.');
    }
    const isSkip = counting.length > 0 && counting.every(({ word }) => word === 'skipped');
    if (!isSkip || state === 'success')
        return;
    const names = counting.map(({ job }) => job).filter((job) => job !== '');
    const [first = "'*'"] = names;
    inputs.warnings.push(`Skipped: ${listed(names, 5) || counting.length}, by a job's own \`if\` or because a job before it failed; this counts as \`${state}\`. If it is allowed, write \`allowed_skips: ${first}\`, and add the job that decides it to \`needs\`.`);
}

;// CONCATENATED MODULE: ./lib/publish/inputs/once.js










const WORDS_EXPECTED = `\`job\`, or one of ${status_state/* WORDS */.q9.join(', ')}`;
function readOnce(inputs, step) {
    const word = strictText(inputs, 'state', "'job'", WORDS_EXPECTED).toLowerCase();
    const hasNeeds = isGiven(strictText(inputs, 'needs', "'none'", '`${{ toJSON(needs) }}`'));
    const hasList = isGiven(strictText(inputs, 'statuses', "'none'", 'a JSON list of statuses'));
    const state = once_readState(inputs, word, step.choices);
    if (!hasNeeds && isGiven((0,runner_env/* inputText */.AN)(inputs.env, 'allowed_skips'))) {
        inputs.warnings.push('Input `allowed_skips` has no effect without `needs`.');
    }
    if (hasList) {
        if (hasNeeds)
            wrong(inputs, 'statuses', 'to be omitted: `needs` decides what is published');
        const entries = readStatuses(inputs, { ...step, word, state });
        const worst = entries.length > 0 ? (0,status_state/* worstOf */.hm)(entries.map((entry) => entry.state)) : undefined;
        return { kind: 'list', state: worst, entries };
    }
    if (hasNeeds) {
        if (word !== 'job')
            wrong(inputs, 'state', 'to be omitted: `needs` decides the state');
        return readNeeds(inputs, step.choices);
    }
    return state === undefined ? undefined : { kind: 'single', state, word };
}
function isGiven(value) {
    return value !== '' && value !== 'none';
}
function once_readState(inputs, word, choices) {
    if (word === '' || word === 'job')
        return undefined;
    const state = (0,status_state/* stateOf */.L4)(word, choices);
    if (state === undefined)
        wrong(inputs, 'state', WORDS_EXPECTED + nearWord(word));
    return state ?? 'error';
}
const once_EXPECTED = 'a JSON list of statuses, such as `[{"context": "a", "state": "success"}]`';
const MOST_NOTES = 20;
function readStatuses(inputs, step) {
    const list = inputs_json(inputs, 'statuses', once_EXPECTED);
    if (list === undefined)
        return [];
    if (!Array.isArray(list)) {
        inputs.problems.push(problemWith('statuses', (0,runner_env/* inputText */.AN)(inputs.env, 'statuses'), once_EXPECTED));
        return [];
    }
    const read = { ...inputs, notes: [] };
    const entries = list.map((value, index) => readEntry(read, value, index, step));
    const more = read.notes.length - MOST_NOTES;
    inputs.notes.push(...read.notes.slice(0, MOST_NOTES));
    if (more > 0)
        inputs.notes.push(`And ${more} more texts in \`statuses\` were changed.`);
    return entries;
}
function namesEveryCommit(env) {
    const parsed = (0,json/* parseJson */.qF)((0,runner_env/* inputText */.AN)(env, 'statuses'));
    const list = 'value' in parsed ? parsed.value : undefined;
    return Array.isArray(list) && list.every((entry) => typeof (0,json.at)(entry, 'sha') === 'string');
}
function repeatsIn(entries, ownSha, platform) {
    const firsts = new Map();
    return entries.flatMap(({ context, sha = ownSha }, index) => {
        const key = `${sha} ${nameKey(context, platform)}`;
        const first = firsts.get(key);
        if (first === undefined) {
            firsts.set(key, index);
            return [];
        }
        const expected = `a unique name: \`statuses[${first}]\` has the same one on the same commit`;
        return problemWith(`statuses[${index}].context`, context, expected);
    });
}
function checkEntries(inputs, entries, commit, { platform }, payload) {
    if (inputs.problems.length === 0) {
        inputs.problems.push(...repeatsIn(entries, 'sha' in commit ? commit.sha : '', platform));
    }
    const index = entries.findIndex(({ sha }) => sha !== undefined && testMergeHead(inputs, sha, payload) !== undefined);
    const sha = entries[index]?.sha;
    if (sha !== undefined)
        warnOfTestMerge(inputs, `\`statuses[${index}].sha\``, sha, payload);
}

;// CONCATENATED MODULE: ./lib/publish/inputs/read.js












function readTarget(env, payload) {
    const inputs = inputsOf(env);
    const access = readAccess(inputs);
    const commit = readCommit(inputs, payload, access, true);
    return checked(inputs, { ...access, commit, needsCommit: true });
}
function readPublish(env, payload, found) {
    const inputs = inputsOf(env);
    checkNames(inputs, input_names_NAMES);
    flag(inputs, 'enabled', true);
    const isFollowing = (0,publish_mode/* modeOf */.VV)(env) === 'follow';
    const choices = readWordStates(inputs);
    const access = readAccess(inputs);
    const contexts = readContexts(inputs, access.platform, isGiven((0,runner_env/* inputText */.AN)(env, 'statuses')));
    const description = noted(inputs, fitDescription((0,runner_env/* inputText */.AN)(env, 'description')));
    const job = (0,runner_env/* jobOf */.Zw)(env);
    const gitea = job.platform.hasCheckRuns ? undefined : job.server;
    const once = readOnce(inputs, { choices, contexts, description, gitea });
    const entries = once?.kind === 'list' ? once.entries : undefined;
    const needsCommit = entries?.every(({ sha }) => sha !== undefined) !== true;
    const commit = readCommit(inputs, payload, access, needsCommit, found);
    if (entries !== undefined)
        checkEntries(inputs, entries, commit, access, payload);
    const targetUrl = read_readTargetUrl(inputs, isFollowing);
    const requireSuccess = flag(inputs, 'require_success', false);
    if (isFollowing)
        checkFollowing(inputs, choices, requireSuccess);
    if (job.job === '' && (0,runner_env/* inputText */.AN)(env, 'check_run_id') !== '') {
        inputs.notes.push("Input `check_run_id` is not a job's id: linking to the run's page.");
    }
    return checked(inputs, {
        ...access,
        once,
        contexts,
        description,
        targetUrl,
        commit,
        needsCommit,
        choices,
        failOnError: flag(inputs, 'fail_on_error', true),
        requireSuccess,
        job,
    });
}
function readWordStates(inputs) {
    const { cancelled, skipped } = status_state/* DEFAULT_WORD_STATES */.y9;
    return {
        cancelled: state(inputs, 'cancelled_state', cancelled),
        skipped: state(inputs, 'skipped_state', skipped),
    };
}
function read_readTargetUrl(inputs, isFollowing) {
    const value = (0,runner_env/* inputText */.AN)(inputs.env, 'target_url');
    const url = (0,status_url/* targetUrlOf */.iI)(value);
    if (url !== undefined)
        return url;
    if (!isFollowing)
        wrong(inputs, 'target_url', status_url/* ADDRESS */.BD);
    else
        inputs.warnings.push(`${problemWith('target_url', value, status_url/* ADDRESS */.BD)} Linking to the job for now.`);
    return '';
}
const JOB_STATUS = 'job_status: ${{ job.status }}';
function checkFollowing(inputs, choices, requireSuccess) {
    if (requireSuccess) {
        wrong(inputs, 'require_success', 'to be omitted: this step follows the job, whose own result is what is required');
    }
    if (!(0,runner_env/* runnerPlatform */.GQ)(inputs.env).tellsJobStatus && inputs.env.GITHUB_ACTION_PATH) {
        inputs.problems.push('A job cannot be followed from inside a composite action on Gitea and Forgejo: their runners give the post step the result of the composite instead of the job. Use this action directly in the job, or publish once with `state`.');
    }
    const status = (0,runner_env/* inputText */.AN)(inputs.env, 'job_status').toLowerCase();
    if ((0,status_state/* stateOf */.L4)(status, choices) === undefined) {
        wrong(inputs, 'job_status', `the job's status; write \`${JOB_STATUS}\` in this step`);
    }
}

;// CONCATENATED MODULE: ./lib/publish/opened.js


function isSameTarget(one, other) {
    const isSameServer = one.apiUrl === other.apiUrl;
    const isSameRepository = one.repository.toLowerCase() === other.repository.toLowerCase();
    return isSameServer && isSameRepository && one.sha === other.sha;
}
function withOpened(memory, opened) {
    const names = opened.statuses.map(({ context }) => context);
    const { opened: before } = withMoved(withoutNames(memory, opened, names), [opened]);
    return { ...memory, opened: [...before, opened] };
}
function afterPublishing(memory, { repository, apiUrl }, written) {
    const places = written.map(({ status: { sha } }) => ({ repository, apiUrl, sha }));
    const open = written.reduce((left, { id, status: { sha, context } }) => {
        return id === '' ? left : withoutNames(left, { repository, apiUrl, sha }, [context]);
    }, memory);
    const moved = withMoved(open, places);
    const isAll = written.every(({ id, kept }) => id !== '' || kept !== undefined);
    return withError(moved, isAll ? NOT_REPLACED : NOT_PUBLISHED);
}
function withMoved(memory, places) {
    const [first] = places;
    if (first === undefined)
        return memory;
    const error = `Meant for ${first.repository}@${first.sha.slice(0, 7)}`;
    const opened = memory.opened.map((one) => places.some((place) => isSameTarget(one, place)) ? one : { ...one, error });
    return { ...memory, opened };
}
function idIn(memory, place, name) {
    const platform = (0,status_platform/* platformOf */.tj)(place.apiUrl);
    const ids = memory.opened
        .filter((one) => isSameTarget(one, place))
        .flatMap(({ statuses }) => statuses)
        .filter(({ context, id }) => id !== '' && isSameName(context, name, platform));
    return ids[0]?.id ?? '';
}
const NOT_PUBLISHED = 'The main step could not publish its status';
const NOT_REPLACED = 'The main step published another status';
function withError(memory, error) {
    return { ...memory, opened: memory.opened.map((one) => ({ error, ...one })) };
}
function withoutNames(memory, place, names) {
    const platform = (0,status_platform/* platformOf */.tj)(place.apiUrl);
    const isKept = ({ context }) => !names.some((name) => isSameName(name, context, platform));
    const opened = memory.opened.map((one) => isSameTarget(one, place) ? { ...one, statuses: one.statuses.filter(isKept) } : one);
    return { ...memory, opened: opened.filter(({ statuses }) => statuses.length > 0) };
}

;// CONCATENATED MODULE: ./lib/github/history.js






const FRESH = 2_000;
const PAUSE = 1_000;
const STALE = {
    cause: 'server',
    message: 'Could not read the statuses of the commit: the response lacks a status that was published before.',
    topic: 'the-response-lacks-a-status-that-was-published-before',
};
const UNREAD = 'Publishing without checking for newer runs.';
const READ_IN_PART = 'Deciding by the statuses read so far.';
const PAGES = 3;
const MOST_PAGES = 10;
function historyOf(github, sha, isFound = () => true, opened = []) {
    const isEnough = (statuses, pages) => pages >= MOST_PAGES || (pages >= PAGES && isFound(statuses));
    const stored = new Set(opened);
    let look;
    let readAt;
    async function read(time) {
        const { failure, ...read } = await believable(within(github, time), sha, isEnough, stored);
        look = failure !== undefined && read.statuses.length === 0 ? undefined : read;
        readAt = Date.now();
        return failure;
    }
    async function again() {
        const isUnreadable = readAt !== undefined && look === undefined;
        const failure = await read(isUnreadable ? LOOK_AGAIN : LOOK);
        if (failure !== undefined)
            github.log(`${failure.message} ${look === undefined ? UNREAD : READ_IN_PART}`);
        return look;
    }
    async function fresh() {
        const isFresh = readAt !== undefined && Date.now() - readAt <= FRESH;
        return isFresh ? look : again();
    }
    async function insist(id) {
        stored.add(id);
        const failure = await read(Number.POSITIVE_INFINITY);
        return failure ? { failure } : { value: look };
    }
    return { fresh, again, insist };
}
async function believable(github, sha, isEnough, stored) {
    const isBelieved = ({ isWhole, statuses }) => !isWhole || !isStale(statuses, stored);
    const read = await listStatuses(github, sha, isEnough);
    if (isBelieved(read))
        return read;
    await sleep(PAUSE);
    const second = await listStatuses(github, sha, isEnough);
    return isBelieved(second) ? second : { ...second, statuses: [], failure: STALE };
}
function ofName(look, name, platform) {
    return look.statuses.filter(({ context }) => isSameName(context, name, platform));
}

;// CONCATENATED MODULE: ./lib/publish/last-word/entries.js

function viewOf(history, us) {
    const own = (0,status_link/* pageOf */.ZZ)(us.job);
    const pages = pagesOf(history, us);
    const ours = us.speaksFor ? spokenFor(us.speaksFor, pages) : own;
    const entries = history.map((status, age) => {
        const page = pages[age];
        const isOpened = us.opened.includes(String(status.id));
        const isOurPage = page !== undefined && (0,status_link/* isSameExecution */.bi)(page, own) && page.job === own.job;
        const isOfOurs = page !== undefined && [own, ours].some((one) => (0,status_link/* isSameExecution */.bi)(page, one));
        return { status, age, page, isOurs: isOpened || isOfOurs, isOfOurJob: isOpened || isOurPage };
    });
    return { entries, ours };
}
function spokenFor({ run, attempt }, pages) {
    const shown = pages.map((page) => (page?.run === run ? page.attempt : 1));
    return { run, attempt: attempt ?? Math.max(1, ...shown), job: '' };
}
function pagesOf(history, { job }) {
    const newest = new Map();
    const oldestFirst = linksOf(history, job).reverse();
    const pages = oldestFirst.map((link) => {
        if (link === undefined)
            return undefined;
        const shown = newest.get(link.run) ?? 1;
        newest.set(link.run, Math.max(link.attempt, shown));
        return link.isVague ? { ...link, attempt: shown } : link;
    });
    return pages.reverse();
}
function linksOf(history, job) {
    const links = history.map(({ target_url }) => (0,status_link/* parseServerLink */.Vx)(target_url, job));
    const followed = new Set(links.flatMap((link) => (link?.mark === 'follows' ? link.run : [])));
    return history.map(({ target_url }, age) => {
        const link = links[age];
        return link && followed.has(link.run) ? link : (0,status_link/* parseLink */.Ap)(target_url, job);
    });
}
function isPending({ status }) {
    return status.state === 'pending';
}
function isFailure({ status }) {
    return status.state !== 'success' && status.state !== 'pending';
}

;// CONCATENATED MODULE: ./lib/publish/last-word/last-word.js


const PASSED = 'Passed; another job still runs under this name';
function lastWord(history, us, state) {
    const view = viewOf(history, us);
    const newer = newerStatuses(view);
    if (newer.size > 0 && !waitsForUs(view.entries[0], us))
        return { does: 'leave', why: 'newer' };
    if (us.follows && state === 'success') {
        const failure = newestFailure(view, newer);
        if (failure !== undefined)
            return keep(failure);
        if (newer.size === 0 && isSiblingRunning(view)) {
            return us.hasMarked ? { does: 'leave', why: 'sibling' } : { does: 'mark' };
        }
    }
    return { does: 'publish' };
}
function hasNewerExecution(history, us) {
    return newerStatuses(viewOf(history, us)).size > 0;
}
function newerStatuses({ entries, ours }) {
    const ourFirst = entries.findLast(({ isOurs }) => isOurs);
    const others = entries.filter(({ page, isOurs }) => page !== undefined && !isOurs);
    const executionOf = ({ page }) => `${page?.run}#${page?.attempt}`;
    const firsts = new Map(others.map((entry) => [executionOf(entry), entry]));
    const isOfNewer = (entry) => {
        const theirFirst = firsts.get(executionOf(entry));
        return theirFirst !== undefined && isNewer(theirFirst, ourFirst, ours);
    };
    return new Set(others.filter(isOfNewer));
}
function isNewer(theirFirst, ourFirst, ours) {
    const theirs = theirFirst.page;
    if (theirs === undefined)
        return false;
    if (theirs.run === ours.run)
        return theirs.attempt > ours.attempt;
    const isAfterOurs = ourFirst !== undefined && theirFirst.age < ourFirst.age;
    const isBeforeOurs = ourFirst !== undefined && theirFirst.age > ourFirst.age;
    if (isAfterOurs && isPending(theirFirst))
        return true;
    if (isBeforeOurs && isPending(ourFirst))
        return false;
    if (theirs.attempt === 1 && ours.attempt === 1)
        return (0,status_link/* isGreaterId */.cl)(theirs.run, ours.run);
    return (0,status_link/* isGreaterId */.cl)(theirs.job, ours.job);
}
function waitsForUs(newest, us) {
    if (newest === undefined || !isPending(newest))
        return false;
    const isOurs = us.follows ? newest.isOfOurJob : newest.isOurs;
    return isOurs || newest.page === undefined;
}
function keep({ status, age }) {
    if (age === 0)
        return { does: 'leave', why: 'failure' };
    const state = status.state === 'error' ? 'error' : 'failure';
    return { does: 'repeat', status: { ...status, state } };
}
function newestFailure({ entries, ours }, newer) {
    const knowsJobs = ours.job !== '';
    const isSibling = (entry) => entry.isOurs && !(knowsJobs && entry.isOfOurJob);
    const ourFirst = entries.findLast(({ isOurs }) => isOurs);
    const hasSiblings = knowsJobs && entries.some(isSibling);
    const isUnnamed = ({ page, age }) => page === undefined && ourFirst !== undefined && age < ourFirst.age;
    const counts = (entry) => newer.has(entry) || isSibling(entry) || (hasSiblings && isUnnamed(entry));
    return entries.find((entry) => isFailure(entry) && counts(entry));
}
function isSiblingRunning({ entries, ours }) {
    if (ours.job === '')
        return false;
    const ofSiblings = entries.filter(({ isOurs, isOfOurJob }) => isOurs && !isOfOurJob);
    const hasOpened = new Set(ofSiblings.flatMap(({ page }) => (page?.mark === 'follows' ? page.job : [])));
    const newest = new Map(ofSiblings.toReversed().map((entry) => [entry.page?.job, entry]));
    const failedAt = entries.find((entry) => isFailure(entry) && (entry.isOurs || !entry.page))?.age;
    const running = [...newest.values()].filter((entry) => isPending(entry) &&
        entry.page?.mark !== 'passed' &&
        hasOpened.has(entry.page?.job ?? '') &&
        entry.age < (failedAt ?? entries.length));
    const since = Math.max(-1, ...running.map(({ age }) => age));
    const ends = entries.filter((entry) => {
        const namesNoJob = entry.page ? entry.isOurs && entry.page.job === '' : !entry.isOfOurJob;
        return entry.age < since && !isPending(entry) && namesNoJob;
    });
    return running.length > ends.length;
}

;// CONCATENATED MODULE: ./lib/publish/last-word/rules.js





const AS_IT_STANDS = {
    looksFirst: false,
    decide: (_, own) => ({ does: 'write', status: own }),
};
function openingRule(us, mayBeStored) {
    return {
        looksFirst: mayBeStored,
        mayBeStored,
        decide: (seen, own) => hasNewerExecution(seen, us)
            ? { does: 'leave', why: 'newer' }
            : { does: 'write', status: own },
    };
}
function resultRule(us) {
    return {
        looksFirst: true,
        decide: (seen, own) => stepBy(lastWord(seen, us, own.state), us, own),
    };
}
function stepBy(decision, us, own) {
    switch (decision.does) {
        case 'leave':
            return decision;
        case 'publish':
            return { does: 'write', status: own };
        case 'mark': {
            const target_url = (0,status_link/* jobLink */.mC)(us.job, 'passed');
            const status = { ...own, state: 'pending', description: PASSED, target_url };
            return { does: 'write', status, next: resultRule({ ...us, hasMarked: true }) };
        }
        case 'repeat': {
            const { state, description, target_url } = decision.status;
            const link = (0,status_url/* targetUrlOf */.iI)(target_url) || undefined;
            const status = { ...own, state, description, target_url: link };
            return { does: 'write', status, why: 'failure' };
        }
    }
}
function hasOpenings(statuses, openings, platform) {
    return openings.every(({ context, us }) => statuses.some((one) => isSameName(one.context, context, platform) && isOpening(one, us)));
}
function isOpening({ id, state, target_url }, { job, opened }) {
    if (opened.length > 0)
        return opened.includes(String(id));
    return state === 'pending' && (0,status_link/* isOurJob */.GO)(target_url, job);
}
function relayOf(targetUrl, job, payload) {
    const page = (0,status_link/* parseLink */.Ap)(targetUrl, job);
    if (page === undefined || page.run === (0,status_link/* pageOf */.ZZ)(job).run)
        return { targetUrl, speaksFor: undefined };
    const { run, isVague } = page;
    const id = (0,json.at)(payload, job.platform.hasJobIds ? 'workflow_run.id' : 'workflow_run.run_number');
    const told = isVague && String(id) === run ? (0,json.at)(payload, 'workflow_run.run_attempt') : undefined;
    if (typeof told !== 'number') {
        return { targetUrl, speaksFor: { run, attempt: isVague ? undefined : page.attempt } };
    }
    const link = told > 1 ? `${targetUrl}${targetUrl.includes('#') ? ',' : '#'}attempt-${told}` : targetUrl;
    return { targetUrl: link, speaksFor: { run, attempt: told } };
}

;// CONCATENATED MODULE: ./lib/publish/plan.js









function planOpening(inputs, sha, before, startedAt) {
    const { repository, apiUrl, platform, contexts, description, targetUrl, job } = inputs;
    const place = { repository, apiUrl, sha };
    const us = { job, opened: [], follows: true };
    const target_url = (0,outputs/* pendingLink */.yA)(job, targetUrl) || undefined;
    const pending = { sha, state: 'pending', description: description || outputs/* IN_PROGRESS */.mS };
    const statuses = contexts.map((context) => {
        const id = idIn(before, place, context);
        return {
            status: { ...pending, context, target_url },
            rule: openingRule(us, id === UNSURE),
            ...(isKnownId(id) && { id }),
        };
    });
    const opens = {
        ...place,
        statuses: contexts.map((context) => ({ context, id: idIn(before, place, context) || UNSURE })),
        ...(description && { description }),
        ...(targetUrl && { targetUrl }),
        startedAt: Math.min(startedAt, ...before.opened.map(({ startedAt }) => startedAt)),
    };
    const openings = contexts.map((context) => ({ context, us }));
    return { statuses, opens, isFound: (seen) => hasOpenings(seen, openings, platform) };
}
function planOnce(inputs, once, sha, payload) {
    const { contexts, description, job } = inputs;
    const { targetUrl, speaksFor } = relayOf(inputs.targetUrl, job, payload);
    const us = { job, opened: [], follows: false, speaksFor };
    const target_url = targetUrl || (0,status_link/* jobLink */.mC)(job);
    const derived = (look, context) => {
        if (once.kind === 'roll-up')
            return once.description;
        return describe(once.word, look && timeSincePending(look, context, us, inputs.platform));
    };
    const statuses = contexts.map((context) => ({
        status: { sha, context, state: once.state, description, target_url },
        rule: resultRule(us),
        describe: (look) => derived(look, context),
    }));
    return { statuses };
}
function timeSincePending(look, context, us, platform) {
    const { entries } = viewOf(ofName(look, context, platform), us);
    const pending = entries.find((entry) => entry.isOurs && isPending(entry));
    const since = Date.parse(pending?.status.created_at ?? '');
    return Number.isNaN(since) ? undefined : look.now - since;
}
function planList(inputs, entries, ownSha) {
    const { targetUrl, job } = inputs;
    const statuses = entries.map(({ context, state, word, ...entry }) => {
        const sha = entry.sha ?? ownSha;
        const target_url = entry.targetUrl || targetUrl || (0,status_link/* jobLink */.mC)(job);
        const description = entry.description || describe(word);
        return { status: { sha, context, state, description, target_url }, rule: AS_IT_STANDS };
    });
    return { statuses, isList: true };
}
function planResult(opened, end, platform) {
    const result = resultOf(opened, end);
    const openings = opened.statuses.map(({ context, id }) => {
        const us = { job: end.job, opened: isKnownId(id) ? [id] : [], follows: true };
        return { context, us };
    });
    const statuses = openings.map(({ context, us }) => ({
        status: { ...result, sha: opened.sha, context },
        rule: resultRule(us),
    }));
    const stored = openings.flatMap(({ us }) => us.opened);
    return { statuses, stored, isFound: (seen) => hasOpenings(seen, openings, platform) };
}
function resultOf(opened, { job, late, choices }) {
    const target_url = late.targetUrl || opened.targetUrl || (0,status_link/* jobLink */.mC)(job);
    if (opened.error !== undefined) {
        return { state: 'error', description: opened.error, target_url };
    }
    const given = late.description || opened.description;
    const state = (0,status_state/* stateOf */.L4)(late.result, choices);
    if (state === undefined) {
        return { state: 'error', description: given || 'The job reported no result', target_url };
    }
    const derived = describe(late.result, Date.now() - opened.startedAt);
    return { state, description: given || derived, target_url };
}

;// CONCATENATED MODULE: ./lib/github/write.js





async function write(github, history, own, rule) {
    const look = rule.looksFirst || rule.mayBeStored ? await history.fresh() : undefined;
    const { written, next } = await write_send(github, history, own, rule, look);
    if (next === undefined)
        return written;
    github.log(`${quote(own.context, 255)} is pending: ${written.status.description}. Looking again.`);
    const read = await history.insist(written.id);
    if ('failure' in read)
        return { status: written.status, id: '', failure: read.failure };
    const { written: last } = await write_send(github, history, own, next, read.value);
    return last.failure === undefined ? { kept: 'sibling', ...last } : last;
}
async function write_send(github, history, own, rule, first) {
    let look = first;
    let step = { does: 'write', status: own };
    let sent = rule.mayBeStored ? step : undefined;
    let isLost = false;
    for (let retries = 0;; retries++) {
        if (look !== undefined) {
            const turn = turnBy(ofName(look, own.context, github.access.platform), own, sent, rule);
            if ('written' in turn)
                return turn;
            step = turn;
        }
        sent = step;
        const created = await createStatus(github, step.status);
        if ('value' in created)
            return endedBy(step, created.value.id);
        const { failure } = created;
        isLost ||= mayBeStored(failure);
        const isRetried = await waitToRetry(github, failure, retries);
        if (!isRetried) {
            return { written: { status: step.status, id: '', failure, mayBeStored: isLost } };
        }
        look = await lookAgain(history, rule, failure);
    }
}
function endedBy({ status, why, next }, id) {
    return { written: { status, id, ...(why && { kept: why }) }, next };
}
function turnBy(seen, own, sent, rule) {
    const [newest] = seen;
    if (newest && sent && isEqual(newest, sent.status))
        return endedBy(sent, String(newest.id));
    const step = rule.decide(seen, own);
    if (step.does === 'write')
        return step;
    return { written: { status: own, id: '', kept: step.why } };
}
function isEqual(seen, { state, description, target_url = '' }) {
    return seen.state === state && seen.description === description && seen.target_url === target_url;
}
async function lookAgain(history, { looksFirst }, failure) {
    if (mayBeStored(failure))
        return history.again();
    return looksFirst ? history.fresh() : undefined;
}

;// CONCATENATED MODULE: ./lib/publish/write-in-turn.js







const GRACE = 5_000;
async function writeInTurn(runner, connection, plan, job) {
    const sentAt = [];
    const github = plan.isList ? paced(connection, sentAt) : connection;
    const historyAt = historiesOf(github, plan);
    const stop = plan.isList ? stopOnCancel(runner) : undefined;
    const all = [];
    for (const planned of plan.statuses) {
        const { status } = planned;
        if (stop)
            await Promise.race([pause(github, sentAt), stop.stopped]);
        const isOver = all.some(({ failure }) => failure !== undefined && isHopeless(failure.cause));
        const isUntried = isOver || stop?.isStopped() || status.sha === '';
        const written = writeOne(github, historyAt(status.sha), planned, job, isUntried);
        all.push(await (stop ? Promise.race([written, stop.cut(status)]) : written));
    }
    return all;
}
function historiesOf(github, { isFound, stored }) {
    const histories = new Map();
    return (sha) => {
        const history = histories.get(sha) ?? historyOf(github, sha, isFound, stored);
        histories.set(sha, history);
        return history;
    };
}
async function writeOne(github, history, { status, rule, id, describe }, job, isUntried) {
    if (id !== undefined || isUntried)
        return { status, id: id ?? '' };
    const description = status.description || describe?.(await history.fresh()) || '';
    const written = await write(github, history, { ...status, description }, rule);
    logWritten(github, job, written);
    return written;
}
function stopOnCancel(runner) {
    let isStopped = false;
    const stopped = runner.cancelled().then(() => {
        isStopped = true;
        runner.info('Cancelled: the rest of the list is not published.');
    });
    const cut = (status) => stopped.then(() => sleep(GRACE)).then(() => cutOff(status));
    return { stopped, isStopped: () => isStopped, cut };
}
function cutOff(status) {
    const name = quote(status.context, 255);
    const message = `Could not publish ${name}: the step was cancelled before the server confirmed it.`;
    return { status, id: '', failure: { cause: 'unreachable', message, topic: '' } };
}

;// CONCATENATED MODULE: ./lib/publish/publish.js








async function publish(runner, inputs, before, stage) {
    const { commit, once, job } = inputs;
    const isList = once?.kind === 'list';
    if ('none' in commit && !isList) {
        runner.info(`Nothing is published, since there is no commit: ${commit.none}.`);
        return { written: [], memory: before };
    }
    const startedAt = Date.now();
    const github = connect(inputs, runner, budgetOf(inputs, stage));
    const { found, memory } = await findCommit(github, runner.env, inputs, before);
    const failed = 'failure' in found ? { failure: found.failure } : {};
    const plan = isList || 'value' in found
        ? planOf(inputs, shaIn(found), memory, startedAt, runner.payload)
        : failed;
    if (!('statuses' in plan)) {
        return { written: [], ...plan, memory: withError(memory, NOT_PUBLISHED) };
    }
    if (plan.opens)
        remember(runner, withOpened(memory, plan.opens));
    const written = await writeInTurn(runner, github, plan, job);
    const after = plan.opens
        ? withOpened(memory, openedBy(plan.opens, written))
        : afterPublishing(memory, inputs, written);
    return { written, ...failed, memory: after };
}
function budgetOf({ once }, stage) {
    if (stage === 'pre')
        return PRE;
    if (once === undefined)
        return OPEN_IN_MAIN;
    return once.kind === 'list' ? plus(PUBLISH_ONCE, EACH_STATUS * once.entries.length) : PUBLISH_ONCE;
}
const shaIn = (found) => ('value' in found ? found.value : '');
function planOf(inputs, sha, memory, startedAt, payload) {
    const { once, platform } = inputs;
    if (once === undefined)
        return planOpening(inputs, sha, memory, startedAt);
    if (once.kind !== 'list')
        return planOnce(inputs, once, sha, payload);
    const repeats = repeatsIn(once.entries, sha, platform);
    if (repeats.length === 0)
        return planList(inputs, once.entries, sha);
    return { failure: { cause: 'refused', message: repeats.slice(0, 3).join(' '), topic: '' } };
}
function openedBy(opens, written) {
    const statuses = written.map(({ status, id, kept, mayBeStored }) => {
        const isUnsure = !isKnownId(id) && (mayBeStored || kept !== undefined);
        return { context: status.context, id: isUnsure ? UNSURE : id };
    });
    return { ...opens, statuses };
}

;// CONCATENATED MODULE: ./lib/publish/main.js











async function main(runner) {
    const { env } = runner;
    const recalled = recall(env);
    if (recalled === 'not ours')
        report(runner, 'warning', [notOurs('It is ignored.')]);
    const earlier = typeof recalled === 'string' ? undefined : recalled;
    const isNothingLeft = earlier === undefined || (earlier.opened.length === 0 && !earlier.readOnly);
    if (isNothingLeft)
        remember(runner, undefined);
    if ((0,publish_mode/* modeOf */.VV)(env) === 'off') {
        const ending = earlier?.opened.length ? '; the post step closes what pre opened' : '';
        runner.info(`Switched off by the input \`enabled\`${ending}.`);
        return setOutputs(runner, (0,outputs/* noOutputs */.Q9)());
    }
    const read = readPublish(env, runner.payload, earlier?.found);
    if ('problems' in read) {
        if (earlier?.opened.length) {
            remember(runner, withError(earlier, 'The inputs of the main step were wrong'));
        }
        setOutputs(runner, (0,outputs/* noOutputs */.Q9)());
        return reportWrongInputs(runner, 'fail', read.problems);
    }
    tell(runner, read);
    await perform(runner, read.values, earlier);
    enforceSuccess(runner, read.values);
}
async function perform(runner, inputs, earlier) {
    if (earlier?.readOnly && inputs.isJobToken) {
        runner.info('No status is published: see the warning in the pre step.');
        return setOutputs(runner, (0,outputs/* noOutputs */.Q9)());
    }
    const ready = earlier && inputs.once === undefined ? (0,outputs/* readyFrom */.s7)(earlier, runner.env) : undefined;
    if (ready !== undefined) {
        runner.info(ready.line);
        return setOutputs(runner, ready.outputs);
    }
    const { opened = [], found } = earlier ?? {};
    const before = { ...emptyMemory(inputs, runner), opened, ...(found && { found }) };
    if (inputs.once === undefined)
        warnOfChange(runner, inputs, opened);
    await concludeMain(runner, inputs, await publish(runner, inputs, before, 'main'));
}
function warnOfChange(runner, inputs, opened) {
    const before = opened.flatMap(({ statuses }) => statuses.map(({ context }) => context));
    const isNew = (name) => !before.some((one) => isSameName(one, name, inputs.platform));
    const added = inputs.contexts.filter(isNew);
    if (before.length === 0 || added.length === 0)
        return;
    runner.warning(`Input \`context\` has changed since the pre step opened ${listed(before, 3)}: the job's result goes there and to ${listed(added, 3)}.`);
}

;// CONCATENATED MODULE: ./lib/publish/inputs/late.js










function readLate(env, memory) {
    const result = (0,runner_env/* inputText */.AN)(env, 'job_status').toLowerCase();
    const isElsewhere = (memory.place ?? '') !== (0,publish_mode/* placeOf */.$t)(env);
    if (isElsewhere)
        return { result, description: '', targetUrl: '', notes: [], warnings: [] };
    const { text: description, notes } = fitDescription((0,runner_env/* inputText */.AN)(env, 'description'));
    const givenUrl = (0,runner_env/* inputText */.AN)(env, 'target_url');
    const targetUrl = (0,status_url/* targetUrlOf */.iI)(givenUrl);
    const wrongUrl = `${problemWith('target_url', givenUrl, status_url/* ADDRESS */.BD)} Keeping the previous value.`;
    return {
        result,
        description,
        targetUrl: targetUrl ?? '',
        notes,
        warnings: [...(targetUrl === undefined ? [wrongUrl] : []), ...changesSince(env, memory)],
    };
}
function changesSince(env, { opened }) {
    const platform = (0,status_platform/* platformOf */.tj)(opened[0]?.apiUrl ?? '');
    const names = opened.flatMap(({ statuses }) => statuses.map(({ context }) => context));
    const isOpen = (name) => names.some((one) => isSameName(one, name, platform));
    const sha = (0,runner_env/* inputText */.AN)(env, 'sha').toLowerCase();
    const repository = (0,runner_env/* inputText */.AN)(env, 'repository').toLowerCase();
    const isIn = (one) => one.repository.toLowerCase() === repository;
    const unchanged = {
        context: givenContexts(env, platform).every(isOpen),
        sha: !isSha(sha) || opened.some((one) => one.sha === sha),
        repository: repository === '' || opened.some(isIn),
    };
    const shown = names.map((one) => quote(one, 255)).join(', ');
    const changed = Object.entries(unchanged).filter(([, isSame]) => !isSame);
    return changed.map(([name]) => `Input \`${name}\` has changed since the status was opened: the result goes to ${shown} as opened.`);
}
function lateAccess(env, { repository, apiUrl }) {
    const access = {
        repository,
        apiUrl,
        platform: (0,status_platform/* platformOf */.tj)(apiUrl),
        isOwnRepository: isOwnRepository(repository, env),
        commitInput: 'sha',
        ...tokenOf(env),
    };
    return { ...access, hasStandIn: ownAccess(env, access) !== undefined };
}
function tokenProblem(env, { apiUrl, token, isJobToken }) {
    const failure = (message) => ({ cause: 'credentials', message, topic: '' });
    if (token === '')
        return failure('The result is not published: input `token` is empty.');
    if (!isJobToken || isOwnApi(apiUrl, env))
        return undefined;
    return failure("The result is not published: input `token` is empty by now, and the job's own token is sent to the runner's own API only.");
}
function ownAccess(env, access) {
    const token = (0,runner_env/* inputText */.AN)(env, 'job_token');
    const canHelp = !access.isJobToken && token !== '' && access.isOwnRepository && isOwnApi(access.apiUrl, env);
    return canHelp ? { ...access, token, isJobToken: true } : undefined;
}

;// CONCATENATED MODULE: ./lib/publish/settle.js







async function settle(runner, opened, end, budget) {
    const access = lateAccess(runner.env, opened);
    const failure = tokenProblem(runner.env, access);
    if (failure !== undefined)
        return { written: [], failure, access };
    const start = Date.now();
    const settleBy = async (by, left, how) => {
        const github = connect(by, runner, plus(budget, start - Date.now()));
        const plan = planResult(left, how, by.platform);
        return { written: await writeInTurn(runner, github, plan, how.job), access: by };
    };
    const isRefused = (settled) => writeFailuresIn(settled).some(isTokenRefused);
    const first = await settleBy(access, opened, end);
    const own = isRefused(first) ? ownAccess(runner.env, access) : undefined;
    if (own === undefined)
        return withoutRefusedTexts(runner, first, opened, end, settleBy);
    runner.info("The token was refused; trying the job's own token.");
    const later = settle_merged(first, await settleBy(own, unsettled(opened, first), end));
    const settled = isRefused(later) ? first : later;
    return withoutRefusedTexts(runner, settled, opened, end, settleBy);
}
function isTokenRefused({ cause, error }) {
    const isStatus = cause !== 'limit' && [403, 404].includes(error?.status ?? 0);
    return cause === 'credentials' || isStatus;
}
const REJECTED = 'the-server-rejected-the-request';
async function withoutRefusedTexts(runner, settled, opened, end, settleBy) {
    const refusal = failuresIn(settled).find(({ topic }) => topic === REJECTED)?.error;
    const refused = refusal === undefined ? [] : refusedTexts(refusal.reasons, opened, end.late);
    if (refusal === undefined || refused.length === 0)
        return settled;
    const names = refused.map(({ input }) => `\`${input}\``).join(' or ');
    runner.warning(`The server refused ${names} (${quote(refusal.reasons || refusal.message)}): publishing the derived one instead.`);
    const texts = Object.fromEntries(refused.map(({ key }) => [key, '']));
    const left = { ...unsettled(opened, settled), ...texts };
    const how = { ...end, late: { ...end.late, ...texts } };
    const later = settle_merged(settled, await settleBy(settled.access, left, how));
    return withoutRefusedTexts(runner, later, left, how, settleBy);
}
const TEXTS = [
    { input: 'description', key: 'description', said: /description/i },
    { input: 'target_url', key: 'targetUrl', said: /target.?url/i },
];
function refusedTexts(reasons, opened, late) {
    const given = TEXTS.filter(({ key }) => opened[key] || late[key]);
    const named = TEXTS.filter(({ said }) => said.test(reasons));
    return named.length === 0 ? given : given.filter((text) => named.includes(text));
}
const isSettled = ({ id, kept }) => id !== '' || kept !== undefined;
function unsettled(opened, { written }) {
    const done = written.filter(isSettled).map(({ status }) => status.context);
    return { ...opened, statuses: opened.statuses.filter(({ context }) => !done.includes(context)) };
}
function settle_merged({ written }, later) {
    return { ...later, written: [...written.filter(isSettled), ...later.written] };
}

;// CONCATENATED MODULE: ./lib/publish/post.js









async function post(runner) {
    const memory = recall(runner.env);
    if (memory === 'nothing')
        return;
    if (memory === 'not ours')
        return report(runner, 'fail', [notOurs('Nothing is published.')]);
    if (memory.opened.length === 0)
        return sayUnknown(runner, memory);
    const late = readLate(runner.env, memory);
    tell(runner, late);
    const { cancelledState: cancelled = status_state/* DEFAULT_WORD_STATES */.y9.cancelled } = memory;
    const choices = { ...status_state/* DEFAULT_WORD_STATES */.y9, cancelled };
    await settleAll(runner, memory, { job: (0,runner_env/* jobOf */.Zw)(runner.env), late, choices });
}
function sayUnknown(runner, { unknown = [] }) {
    if (unknown.length === 0)
        return;
    const names = unknown.map((name) => `\`${name}\``).join(', ');
    const message = `Nothing is published: ${names} was not known when the job started, and the main step did not run. To run it after a step has failed, give it \`if: always()\`.`;
    report(runner, 'info', [{ message, topic: 'if-always-is-forgotten' }]);
}
async function settleAll(runner, memory, end) {
    const names = memory.opened.flatMap(({ statuses }) => statuses);
    const budget = postBudget(end.late.result, names.length);
    const start = Date.now();
    const all = [];
    for (const opened of memory.opened) {
        const { isJobToken } = lateAccess(runner.env, opened);
        if (memory.readOnly && isJobToken && !hasKnown(opened))
            continue;
        all.push(await settle(runner, opened, end, plus(budget, start - Date.now())));
    }
    await reportAll(runner, memory, all);
}
function isRefused(settled) {
    return failuresIn(settled).some(({ cause }) => cause === 'credentials');
}
const SEVERAL_JOBS = {
    message: 'Several jobs publish under this name, so it turns green only if all of them pass. Give each job its own `context`.',
    topic: 'several-jobs-publish-under-this-name-so-it-turns-green-only-if-all-of-them-pass',
};
async function reportAll(runner, memory, all) {
    const ofOwnToken = all.filter(({ access }) => access.isJobToken);
    const { author } = memory;
    if (author && isReadOnly(ofOwnToken.flatMap(writeFailuresIn), true)) {
        return reportReadOnly(runner, author);
    }
    if (!(0,runner_env/* runnerPlatform */.GQ)(runner.env).keepsTokens && ofOwnToken.some(isRefused)) {
        return runner.warning('The result is not published: the token of this job is no longer valid. Gitea and Forgejo revoke it when a job is cancelled. On Gitea, the `sweep` action on `workflow_run` closes what stays pending.');
    }
    if (all.some(({ written }) => written.some(({ kept }) => kept && kept !== 'newer'))) {
        report(runner, 'warning', [SEVERAL_JOBS]);
    }
    if (isSaidBefore(memory, all)) {
        return runner.info('The result is not published, for the same reason as in the main step.');
    }
    report(runner, memory.failOnError === false ? 'warning' : 'fail', all.flatMap(problemsIn));
}
function isSaidBefore({ failed, opened }, all) {
    const failures = all.flatMap(failuresIn);
    const isSame = ({ cause, topic }) => isLasting(cause) && topic === failed;
    if (failures.length === 0 || !failures.every(isSame))
        return false;
    const names = all.flatMap(({ written }) => written.filter(({ failure }) => failure !== undefined).map(({ status }) => status.context));
    return !opened.some((one) => hasKnown(one, names));
}
function hasKnown({ statuses }, names) {
    return statuses.some(({ context, id }) => isKnownId(id) && (names?.includes(context) ?? true));
}

;// CONCATENATED MODULE: ./lib/publish/pre.js










async function pre(runner) {
    const { env, payload } = runner;
    const mode = (0,publish_mode/* modeOf */.VV)(env);
    if (mode === 'off')
        return remember(runner, undefined);
    if (mode === 'once')
        return findOnly(runner, []);
    const read = readPublish(env, payload);
    if ('problems' in read) {
        sayLeft(runner, read);
        return findOnly(runner, read.unknown);
    }
    tell(runner, read);
    const before = emptyMemory(read.values, runner);
    await concludePre(runner, read.values, await publish(runner, read.values, before, 'pre'));
}
function sayLeft(runner, { problems, unknown }) {
    if (problems.length > unknown.length) {
        const ending = 'Nothing is opened yet; the main step checks again.';
        reportWrongInputs(runner, 'warning', problems, ending);
    }
    else {
        const names = unknown.map((name) => `\`${name}\``).join(', ');
        runner.info(`Nothing is opened yet: ${names} is not known before the job's steps have run.`);
    }
}
async function findOnly(runner, unknown) {
    const { env, payload } = runner;
    const memory = { fingerprint: '', opened: [], ...(unknown.length > 0 && { unknown }) };
    const target = (0,publish_mode/* takesRequest */.SM)(env) && !namesEveryCommit(env) ? readTarget(env, payload) : { problems: [] };
    if ('problems' in target)
        return remember(runner, unknown.length > 0 ? memory : undefined);
    const inputs = target.values;
    const github = connect(inputs, runner, PRE);
    const { found, memory: after } = await findCommit(github, env, inputs, memory);
    const failed = 'failure' in found ? { failure: found.failure } : {};
    await concludePre(runner, inputs, { written: [], ...failed, memory: after });
}

;// CONCATENATED MODULE: ./lib/sweep/inputs.js








const sweep_inputs_NAMES = {
    own: {
        ...COMMON.own,
        run_id: 'event',
        sha: 'event',
        conclusion: 'event',
    },
    others: {
        ...COMMON.others,
        run_id: 'run workflowrunid',
        sha: 'commit headsha',
        conclusion: 'status state',
    },
};
const inputs_FIELDS = {
    run: {
        input: 'run_id',
        expected: 'the id of a run that has ended',
        isRight: (value) => /^\d{1,20}$/.test(value),
    },
    sha: {
        input: 'sha',
        expected: "the 40 hexadecimal digits of the run's commit",
        isRight: (value) => isSha(value),
    },
    conclusion: {
        input: 'conclusion',
        expected: `how the run ended: ${status_state/* CONCLUSIONS */.Fr.join(', ')}`,
        isRight: (value) => status_state/* CONCLUSIONS */.Fr.includes(value),
    },
};
function readSweep(env, payload, now) {
    const inputs = inputsOf(env);
    checkNames(inputs, sweep_inputs_NAMES);
    const access = readAccess(inputs);
    const own = (0,runner_env/* jobOf */.Zw)(env);
    const event = env.GITHUB_EVENT_NAME ?? '';
    const ended = event === 'workflow_run' ? endedRun(payload, own.platform.hasJobIds) : undefined;
    const run = readField(inputs, 'run', ended);
    const isOfEvent = run === ended?.run;
    const sha = readField(inputs, 'sha', ended, isOfEvent).toLowerCase();
    const conclusion = readField(inputs, 'conclusion', ended, isOfEvent);
    const isAsked = Object.values(inputs_FIELDS).some(({ input }) => (0,runner_env/* inputText */.AN)(inputs.env, input) === 'event');
    if (isAsked && ended === undefined)
        inputs.problems.push(noRun(event));
    const endedAt = (isOfEvent && ended?.endedAt) || now;
    const places = [own.repository, access.repository].map((repository) => ({ ...own, repository }));
    return checked(inputs, { ...access, run, sha, conclusion, endedAt, places });
}
function readField(inputs, field, ended, isOfEvent = true) {
    const { input, expected, isRight } = inputs_FIELDS[field];
    const given = strictText(inputs, input, "'event'", `\`event\`, or ${expected}`);
    if (given === '' || (given === 'event' && ended === undefined))
        return '';
    const value = given === 'event' && isOfEvent ? (ended?.[field] ?? '') : given;
    if (!isRight(value))
        inputs.problems.push(problemWith(input, value, expected));
    return value;
}
function noRun(event) {
    return `The event ${quote(event)} does not name a run that has ended: use this action in a workflow on \`workflow_run\` with \`types: [completed]\`, or set \`run_id\`, \`sha\` and \`conclusion\`.`;
}
function endedRun(payload, hasIds) {
    if ((0,json.at)(payload, 'action') !== 'completed')
        return undefined;
    const field = (name) => {
        const value = (0,json.at)(payload, `workflow_run.${name}`);
        return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    };
    return {
        run: field(hasIds ? 'id' : 'run_number'),
        sha: field('head_sha'),
        conclusion: field('conclusion'),
        endedAt: Date.parse(field('updated_at')),
    };
}

;// CONCATENATED MODULE: ./lib/sweep/sweep.js











async function sweep(runner) {
    const inputs = acceptInputs(runner, readSweep(runner.env, runner.payload, Date.now()));
    if (inputs === undefined)
        return;
    const { contexts, failures } = await sweepRun(runner, inputs);
    setOutputs(runner, { swept: contexts.length, contexts });
    report(runner, 'fail', failures);
}
async function sweepRun(runner, inputs) {
    const { run, sha, conclusion } = inputs;
    if (conclusion === 'success') {
        runner.info(`Run ${run} succeeded: its pending statuses are left alone.`);
        return { contexts: [], failures: [] };
    }
    const github = connect(inputs, runner, SWEEP);
    const read = await readCombinedStatus(github, sha);
    if ('failure' in read)
        return { contexts: [], failures: [read.failure] };
    const lost = read.value.items.filter((status) => isLost(status, inputs));
    const swept = await closeAll(github, lost, inputs);
    runner.info(`Closed ${swept.contexts.length} of ${lost.length} statuses that run ${run} left pending.`);
    return swept;
}
async function closeAll(connection, lost, { sha, conclusion }) {
    const swept = { contexts: [], failures: [] };
    const sentAt = [];
    const github = paced(extended(connection, EACH_STATUS * lost.length), sentAt);
    const history = historyOf(github, sha);
    for (const status of lost) {
        await pause(github, sentAt);
        const closing = closingOf(status, sha, conclusion);
        const { id, failure } = await write(github, history, closing, ruleFor(status));
        if (failure === undefined)
            github.log(sweep_lineOf(closing, id !== '', github));
        else
            swept.failures.push(failure);
        if (id !== '')
            swept.contexts.push(status.context);
        if (failure !== undefined && isHopeless(failure.cause))
            break;
    }
    return swept;
}
function closingOf({ context, target_url }, sha, conclusion) {
    return {
        sha,
        state: conclusion === 'failure' ? 'failure' : 'error',
        context,
        description: `The job never reported; its run ended: ${conclusion}`,
        target_url,
    };
}
function ruleFor(lost) {
    return {
        looksFirst: true,
        decide: ([newest], status) => newest === undefined || newest.id === lost.id
            ? { does: 'write', status }
            : { does: 'leave', why: 'newer' },
    };
}
function sweep_lineOf({ context, sha, state }, isClosed, { access }) {
    const name = `${quote(context, 255)} on ${access.repository}@${sha.slice(0, 7)}`;
    return isClosed
        ? `Closed ${name}: ${state}`
        : `Left ${name} alone: something newer was published under this name.`;
}
function isLost({ state, target_url, created_at }, { run, endedAt, places }) {
    const isOfRun = places.some((place) => (0,status_link/* parseLink */.Ap)(target_url, place)?.run === String(BigInt(run)));
    return state === 'pending' && isOfRun && Date.parse(created_at) <= endedAt;
}

;// CONCATENATED MODULE: ./lib/stages.js








const STAGES = {
    pre: pre,
    main: main,
    post: post,
    combined: combined,
    list: list,
    sweep: sweep,
};
async function run(stage) {
    const runner = actionsRunner();
    try {
        await STAGES[stage](runner);
    }
    catch (error) {
        runner[stage === 'pre' ? 'warning' : 'fail']((0,runner_env/* unexpected */.os)(error));
    }
    setTimeout(() => process.exit(), 500).unref();
}


/***/ }),

/***/ 345:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QS: () => (/* binding */ JSONParse),
/* harmony export */   _y: () => (/* binding */ restEndpointMethods),
/* harmony export */   hd: () => (/* binding */ fetch),
/* harmony export */   iq: () => (/* binding */ JSONStringify),
/* harmony export */   kT: () => (/* binding */ ProxyAgent),
/* harmony export */   n: () => (/* binding */ withCustomRequest),
/* harmony export */   ud: () => (/* binding */ paginateRest)
/* harmony export */ });
/* unused harmony export getExecOutput */
class ProxyAgent {
}
function fetch() {
    throw new Error('undici is not part of this bundle');
}
function getExecOutput() {
    throw new Error('@actions/exec is not part of this bundle');
}
const JSONParse = (text) => JSON.parse(text);
const JSONStringify = (value) => JSON.stringify(value);
const withCustomRequest = () => ({ defaults() { } });
const restEndpointMethods = () => ({});
const paginateRest = () => ({});


/***/ })

};
;