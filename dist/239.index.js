"use strict";
exports.id = 239;
exports.ids = [239];
exports.modules = {

/***/ 23:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
;// CONCATENATED MODULE: ./lib/status/text.js

const DESCRIPTION_LENGTH = 140;
const CONTEXT_LENGTH = 255;
/** GitHub answers 422 `doesn't accept 4-byte Unicode`; joiners and variation selectors go with the character they shape. */
const FOUR_BYTES = /(?:[\u200d\ufe0f]*[\u{10000}-\u{10ffff}])+[\u200d\ufe0f]*/gu;
/** One line without 4-byte characters, control characters, lone surrogates and doubled white space. */
function accepted(text) {
    return text
        .replace(/\p{Cs}/gu, ' ') // first: the halves around a character that is left out would make a new one
        .replace(FOUR_BYTES, '')
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim();
}
function notesOn(name, before, after) {
    const notes = [];
    if (before.match(FOUR_BYTES))
        notes.push(`4-byte characters were left out of the ${name}: GitHub refuses them.`);
    if (after.length !== accepted(before).length)
        notes.push(`The ${name} was cut to ${after.length} characters.`);
    return notes;
}
/** A description of at most 140 characters, cut with an ellipsis between two characters as a reader counts them. */
function fitDescription(raw) {
    const whole = accepted(raw);
    let text = whole;
    if (whole.length > DESCRIPTION_LENGTH) {
        text = '';
        for (const { segment } of new Intl.Segmenter().segment(whole)) {
            if (text.length + segment.length >= DESCRIPTION_LENGTH)
                break;
            text += segment;
        }
        text = `${text.trimEnd()}…`;
    }
    return { text, notes: notesOn('description', raw, text) };
}
/** A context of at most 255 characters; a longer one ends in a hash of the whole, so that two long names never meet. */
function fitContext(raw) {
    const whole = accepted(raw);
    const tail = () => `…${(0,external_node_crypto_.createHash)('sha256').update(raw).digest('hex').slice(0, 12)}`;
    const text = whole.length > CONTEXT_LENGTH ? whole.slice(0, CONTEXT_LENGTH - 13) + tail() : whole;
    return { text, notes: notesOn('context', raw, text) };
}
/** Foreign text on one line of at most `length` characters, to be quoted in a message. */
function quote(text, length = 100) {
    const line = text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
    return `"${line.length > length ? `${line.slice(0, length).toWellFormed()}…` : line}"`;
}

;// CONCATENATED MODULE: ./lib/combined/verdict.js

/** The statuses of the picked contexts: all of them without picks. @param picks names, or globs with `*` */
function pick(statuses, picks) {
    return statuses.filter(({ context }) => picks.length === 0 || picks.some((glob) => matches(glob, context)));
}
/**
 * GitHub's rule for the combined state: failure if a status failed or erred, else pending if there is none or one is
 * pending, else success. https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 *
 * A pick that no status answers to is pending too. Gitea's `skipped` counts as success; its `warning`, and any word
 * that nobody knows, as failure.
 * @param statuses the newest of each context
 * @param isOwn the status of the job that asks: it is pending as long as the job waits, and does not count
 */
function judge(statuses, picks, isOwn) {
    const counting = pick(statuses, picks).filter((status) => !isOwn(status));
    const named = (isMeant) => counting.filter(({ state }) => isMeant(state)).map(({ context }) => context);
    const failing = named((state) => !['success', 'skipped', 'pending'].includes(state));
    const pending = named((state) => state === 'pending');
    const missing = picks.filter((glob) => !statuses.some(({ context }) => matches(glob, context)));
    const isOpen = counting.length === 0 || pending.length > 0 || missing.length > 0;
    const state = failing.length > 0 ? 'failure' : isOpen ? 'pending' : 'success';
    return { state, statuses: counting, failing, pending, missing, isOpen };
}
/** What stands in the way of success, in one line. */
function describeVerdict({ failing, pending, missing, isOpen }) {
    const parts = [listed('Failing', failing), listed('Pending', pending), listed('Missing', missing)];
    const said = parts.filter((part) => part !== '').join(' ');
    return said || (isOpen ? 'There is no status at all.' : 'All are successful.');
}
function listed(title, names) {
    const named = names.slice(0, MOST_NAMES).map((name) => quote(name, 255));
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
    return names.length === 0 ? '' : `${title}: ${named.join(', ')}${more}.`;
}
const MOST_NAMES = 20;
/** Whether a name matches a glob, in which `*` is any text; compared without case, as GitHub compares contexts. */
function matches(glob, name) {
    const [first = '', ...rest] = glob.toLowerCase().split('*');
    const text = name.toLowerCase();
    const last = rest.pop();
    if (last === undefined)
        return text === first;
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
/**
 * The newest status of each context, names compared without case as GitHub does.
 * @param statuses newest first @param withCase as Gitea compares them
 */
function newestOfEach(statuses, withCase = false) {
    const newest = new Map();
    for (const status of statuses) {
        const name = withCase ? status.context : status.context.toLowerCase();
        if (!newest.has(name))
            newest.set(name, status);
    }
    return [...newest.values()];
}

// EXTERNAL MODULE: ./lib/publish/mode.js
var mode = __webpack_require__(601);
;// CONCATENATED MODULE: ./lib/status/state.js
const STATES = ['failure', 'error', 'pending', 'success'];
/**
 * Result words of the platform besides `cancelled` and `skipped`: `job.status`, `needs.*.result`, `steps.*.outcome`,
 * and the conclusions and statuses of runs.
 * https://docs.github.com/rest/checks/runs#create-a-check-run (`conclusion`, `status`)
 */
const STATE_OF_WORD = {
    success: 'success',
    neutral: 'success',
    failure: 'failure',
    timed_out: 'failure',
    error: 'error',
    startup_failure: 'error',
    stale: 'error',
    pending: 'pending',
    action_required: 'pending',
    queued: 'pending',
    requested: 'pending',
    in_progress: 'pending',
    waiting: 'pending',
};
/** Every result word that {@link stateOf} understands. */
const WORDS = [...Object.keys(STATE_OF_WORD), 'cancelled', 'skipped'];
/** How a run can end. https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run */
const CONCLUSIONS = [
    'success',
    'failure',
    'cancelled',
    'timed_out',
    'startup_failure',
    'stale',
    'action_required',
    'neutral',
    'skipped',
];
/** The state that a result word of the platform means, or undefined where the word is none. */
function stateOf(word, choices) {
    if (word === 'cancelled' || word === 'skipped')
        return choices[word];
    return Object.hasOwn(STATE_OF_WORD, word) ? STATE_OF_WORD[word] : undefined;
}
/** The worst of the jobs' states (failure, error, pending, success), and the jobs that are in it. */
function rollUp(results) {
    const state = STATES.find((candidate) => results.some((result) => result.state === candidate)) ?? 'success';
    return { state, counting: results.filter((result) => result.state === state) };
}

;// CONCATENATED MODULE: ./lib/runner/reader.js



/** Reads inputs one by one and gathers what is wrong with them, so that all of it is reported at once. */
function reader(env) {
    const problems = [];
    function wrong(name, expected) {
        const value = (0,mode/* raw */.lS)(env, name);
        problems.push(`Input \`${name}\` is ${value === '' ? 'empty' : quote(value)}: expected ${expected}.`);
    }
    function number(name, unset, expected, isRight) {
        const value = (0,mode/* raw */.lS)(env, name);
        const read = value === '' ? unset : /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
        if (!isRight(read))
            wrong(name, expected);
        return read;
    }
    return {
        env,
        problems,
        wrong,
        number,
        text: (name) => (0,mode/* raw */.lS)(env, name),
        flag(name, unset) {
            const value = (0,mode/* raw */.lS)(env, name).toLowerCase();
            if (!['', 'true', 'false'].includes(value))
                wrong(name, '`true` or `false`');
            return value === '' ? unset : value === 'true';
        },
        state(name, unset) {
            const value = (0,mode/* raw */.lS)(env, name).toLowerCase();
            const state = STATES.find((candidate) => candidate === value);
            if (state === undefined && value !== '')
                wrong(name, `one of ${STATES.join(', ')}`);
            return state ?? unset;
        },
        /** The value of JSON, null for none, or undefined where it is wrong. */
        json(name) {
            const value = (0,mode/* raw */.lS)(env, name);
            try {
                return value === '' ? null : JSON.parse(value);
            }
            catch {
                return void wrong(name, 'JSON');
            }
        },
        /** The values, or the problems where there are any. */
        result(values) {
            return problems.length > 0 ? { problems } : { values };
        },
    };
}
/** The inputs `repository`, `token` and `api_url`, which all four actions have. */
function readAccess(read) {
    const repository = read.text('repository') || (read.env.GITHUB_REPOSITORY ?? '');
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || /(^|\/)\.{1,2}(\/|$)/.test(repository)) {
        read.wrong('repository', 'owner/name');
    }
    const token = readToken(read);
    if (token === '')
        read.wrong('token', 'a token that may use commit statuses, such as the default');
    else if (!/^[\x21-\x7e]+$/.test(token)) {
        read.problems.push('Input `token` holds characters that no token has: expected one line of printable ASCII.');
    }
    const apiUrl = (read.text('api_url') || (read.env.GITHUB_API_URL ?? '')).replace(/\/+$/, '');
    const url = parseUrl(apiUrl);
    if (url !== undefined && (url.username !== '' || url.password !== '')) {
        read.problems.push('Input `api_url` holds a name or a password: expected an address without them; give the `token`.');
    }
    else if (url === undefined || url.search !== '' || url.hash !== '') {
        read.wrong('api_url', 'the address of a REST API, such as https://api.github.com or https://HOST/api/v3');
    }
    return { repository, token, apiUrl };
}
/** The token; the job's own where `token` is given but empty. */
function readToken(read) {
    return read.text('token') || read.text('job_token');
}
/** Whether an address is of the REST API of Gitea or Forgejo. */
function isGiteaApi(apiUrl) {
    return apiUrl.endsWith('/api/v1');
}
/** This very job, by the environment and the wired input `check_run_id`. */
function readJob(read) {
    const id = read.text('check_run_id');
    const isId = /^\d{0,20}$/.test(id);
    if (!isId)
        read.wrong('check_run_id', 'the digits of a job id (leave this input to its default)');
    const run = read.env.GITHUB_RUN_ID ?? '';
    return {
        server: (read.env.GITHUB_SERVER_URL ?? '').replace(/\/+$/, ''),
        repository: read.env.GITHUB_REPOSITORY ?? '',
        run: /^\d{1,20}$/.test(run) ? run : '',
        job: isId ? id : '',
    };
}
/** The http or https address that a text is. */
function parseUrl(text) {
    return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

;// CONCATENATED MODULE: ./lib/status/json.js
/** Whether a value of JSON is an object or an array: something with fields to look for. */
function isRecord(value) {
    return typeof value === 'object' && value !== null;
}
/** The value at a path such as `pull_request.head.sha`, or undefined. */
function at(value, path) {
    return path.split('.').reduce((inner, key) => {
        return isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
    }, value);
}

;// CONCATENATED MODULE: ./lib/status/commit.js

/** Where each event's payload names the commit; every other event is about GITHUB_SHA. */
const SHA_FIELD = {
    pull_request: 'pull_request.head.sha',
    pull_request_target: 'pull_request.head.sha',
    pull_request_review: 'pull_request.head.sha',
    pull_request_review_comment: 'pull_request.head.sha',
    workflow_run: 'workflow_run.head_sha',
    check_run: 'check_run.head_sha',
    check_suite: 'check_suite.head_sha',
    merge_group: 'merge_group.head_sha',
    status: 'sha',
    deployment: 'deployment.sha',
    deployment_status: 'deployment.sha',
};
/**
 * The commit that people look at for an event, or the field that the payload lacks for it.
 *
 * Never the test merge commit that GITHUB_SHA is on `pull_request` (a status there takes over from the head's), nor the
 * default branch that it is on `workflow_run` and others.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @param payload the event as GitHub sent it: nothing in it is trusted
 */
function commitOf(event, payload, githubSha) {
    const field = Object.hasOwn(SHA_FIELD, event) ? SHA_FIELD[event] : undefined;
    if (field !== undefined)
        return shaOr(at(payload, field), field);
    if (event === 'push' && at(payload, 'deleted') === true)
        return { none: 'the push deleted the branch or tag' };
    if (event === 'issue_comment' && isRecord(at(payload, 'issue.pull_request'))) {
        const number = at(payload, 'issue.number');
        return Number.isSafeInteger(number) && Number(number) > 0
            ? { pullRequest: Number(number) }
            : { lacks: 'issue.number' };
    }
    return shaOr(githubSha, 'GITHUB_SHA');
}
/** Whether a text is a full commit id. */
function isSha(text) {
    return typeof text === 'string' && /^[0-9a-f]{40}$/i.test(text);
}
/** The run that an event `workflow_run` says has ended, or undefined where the event is another. */
function endedRun(payload) {
    if (at(payload, 'action') !== 'completed')
        return undefined;
    return {
        run: String(at(payload, 'workflow_run.id') ?? ''),
        sha: String(at(payload, 'workflow_run.head_sha') ?? ''),
        conclusion: String(at(payload, 'workflow_run.conclusion') ?? ''),
        endedAt: Date.parse(String(at(payload, 'workflow_run.updated_at'))),
    };
}
/** Who a pull request's token is kept from writing for, so that the advice fits; undefined where neither is at work. */
function untrustedAuthor(event, payload, actor) {
    const dependabot = 'dependabot[bot]';
    if (actor === dependabot || at(payload, 'pull_request.user.login') === dependabot)
        return 'Dependabot';
    if (!['pull_request', 'pull_request_review', 'pull_request_review_comment'].includes(event))
        return undefined;
    const [head, base] = [
        at(payload, 'pull_request.head.repo.id'),
        at(payload, 'pull_request.base.repo.id'),
    ];
    return head === base ? undefined : 'fork';
}
function shaOr(value, field) {
    return isSha(value) ? { sha: value.toLowerCase() } : { lacks: field };
}

// EXTERNAL MODULE: ./node_modules/@actions/github/lib/utils.js + 15 modules
var utils = __webpack_require__(490);
// EXTERNAL MODULE: ./node_modules/@octokit/plugin-retry/dist-bundle/index.js
var dist_bundle = __webpack_require__(735);
;// CONCATENATED MODULE: ./lib/status/description.js
/** Result words as a person says them. */
const SAID = {
    success: 'Successful',
    neutral: 'Neutral',
    failure: 'Failed',
    timed_out: 'Timed out',
    error: 'Error',
    startup_failure: 'Failed to start',
    stale: 'Stale',
    pending: 'Pending',
    action_required: 'Action required',
    queued: 'Queued',
    requested: 'Requested',
    in_progress: 'In progress',
    waiting: 'Waiting',
    cancelled: 'Cancelled',
    skipped: 'Skipped',
};
/** `Successful in 2m 13s`, `Failed after 40s`; without a time where the clock ran backwards or none is given. */
function describe(word, milliseconds) {
    const said = SAID[word] ?? word;
    if (milliseconds === undefined || milliseconds < 0)
        return said;
    return `${said} ${word === 'success' ? 'in' : 'after'} ${duration(milliseconds)}`;
}
/** `1h 2m 3s`: whole seconds, rounded down, units that are zero left out. */
function duration(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000);
    const parts = [
        [Math.floor(seconds / 3600), 'h'],
        [Math.floor(seconds / 60) % 60, 'm'],
        [seconds % 60, 's'],
    ];
    return (parts
        .filter(([amount]) => amount > 0)
        .map(([amount, unit]) => `${amount}${unit}`)
        .join(' ') || '0s');
}
/**
 * `Failed: test, lint and 3 more`: as many of the jobs that count as `length` characters hold, one at least. Beside jobs
 * that ran, those that were skipped are not worth a name.
 */
function describeRollUp(state, counting, length = 140) {
    const ran = counting.filter(({ word }) => word !== 'skipped');
    const named = ran.length > 0 ? ran : counting;
    const words = new Set(named.map(({ word }) => word));
    const said = SAID[words.size === 1 ? ([...words][0] ?? state) : state];
    const listed = (shown) => {
        const names = named.slice(0, shown).map(({ job }) => job);
        const more = named.length - shown;
        return `${said}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    };
    let shown = named.length;
    while (shown > 1 && listed(shown).length > length)
        shown--;
    return listed(shown);
}

;// CONCATENATED MODULE: ./lib/github/trouble.js
const BACKOFF = 1_000;
const LONGEST_BACKOFF = 30_000;
const SECONDARY_LIMIT_WAIT = 60_000;
/** Whether trying again later, without a change, cannot help. */
function isLasting(cause) {
    return !['unreachable', 'server', 'limit'].includes(cause);
}
/**
 * Milliseconds to wait before the next attempt, or undefined where another attempt is of no use. A quarter of what is
 * asked for is left to chance: the legs of a matrix are all told the same, and must not all come back at once.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 * @param attempt how many attempts were made before this one
 * @param now milliseconds since 1970 @param random from 0 to 1
 */
function waitBefore(trouble, attempt, now, random) {
    if (isLasting(causeOf(trouble)))
        return undefined;
    const backoff = Math.min(BACKOFF * 2 ** attempt, LONGEST_BACKOFF) * (0.5 + random / 2);
    const asked = askedWait(trouble, now);
    return asked === undefined
        ? backoff
        : Math.max(asked + random * Math.max(asked / 4, BACKOFF), backoff);
}
/** Milliseconds that the server asks to wait: `retry-after`, the end of a used-up limit, or GitHub's rule without both. */
function askedWait(trouble, now) {
    const after = header(trouble, 'retry-after');
    if (/^\d+$/.test(after))
        return Math.min(Number(after), LONGEST_ASKED) * 1000;
    const clock = clockOf(trouble, now);
    if (/^[a-z]{3}.*\d/i.test(after) && Date.parse(after))
        return Math.max(Date.parse(after) - clock, 0);
    if (!isLimit(trouble))
        return undefined;
    const reset = header(trouble, 'x-ratelimit-reset');
    if (header(trouble, 'x-ratelimit-remaining') === '0' && /^\d{1,11}$/.test(reset)) {
        return Math.max(Number(reset) * 1000 - clock, 0) + 1_000;
    }
    return SECONDARY_LIMIT.test(trouble.message) ? SECONDARY_LIMIT_WAIT : undefined;
}
/** In seconds: ten years, which is as good as for ever, and still has a date. */
const LONGEST_ASKED = 315_360_000;
/** The server's clock, by which it counts. */
function clockOf(trouble, now) {
    return Date.parse(header(trouble, 'date')) || now;
}
function header({ headers }, name) {
    return String(headers[name] ?? '').trim();
}
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;
const DENIED = /resource not accessible by|required scope|should have a permission/i;
const SINGLE_SIGN_ON = /SAML/;
const ARCHIVED = /archived/i;
const NO_COMMIT = /no commit found|object does not exist/i;
const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/;
const PROXIED = /tunneling socket/;
const PROXY_REFUSED = /tunneling socket.*statusCode=4\d\d/;
function isLimit(trouble) {
    const { status, message } = trouble;
    if (status === 429)
        return true;
    if (status !== 403 || [DENIED, SINGLE_SIGN_ON, ARCHIVED].some((refusal) => refusal.test(message)))
        return false;
    const marked = header(trouble, 'retry-after') !== '' || header(trouble, 'x-ratelimit-remaining') === '0';
    return marked || /rate limit|abuse detection/i.test(message);
}
function causeOf(trouble) {
    const { status, code, message, reasons } = trouble;
    if (status === undefined) {
        if (CERTIFICATE.test(code))
            return 'certificate';
        if (code === 'ERR_INVALID_CHAR' || PROXY_REFUSED.test(message))
            return 'credentials';
        return code === '' || code === 'ERR_INVALID_URL' ? 'unexpected' : 'unreachable';
    }
    if (isLimit(trouble))
        return 'limit';
    if (NO_COMMIT.test(`${message} ${reasons}`))
        return 'refused';
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

;// CONCATENATED MODULE: ./lib/github/explain.js



/** Says what a request met and what helps. @param now milliseconds since 1970, for when a limit ends */
function explain(trouble, request, now) {
    const cause = causeOf(trouble);
    return { cause, message: `Could not ${request.doing}: ${sentence(cause, trouble, request, now)}` };
}
function sentence(cause, trouble, request, now) {
    const { apiUrl, repository, ref } = request;
    const host = URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl;
    if (trouble.status === undefined)
        return unanswered(cause, trouble, host);
    const answered = `${host} answered ${trouble.status}${said(trouble)}`;
    const location = header(trouble, 'location');
    switch (cause) {
        case 'limit':
            return `${SECONDARY_LIMIT.test(trouble.message) ? 'statuses are written too fast' : 'the rate limit of the token is used up'}: ${answered}${whenAgain(trouble, now)}. Publish fewer statuses (one roll-up of \`needs\` in place of one a job), or give another \`token\`.`;
        case 'server':
            return `${answered}${whenAgain(trouble, now) || ', and it stayed so for as long as this stage may try'}. Run the job again later.`;
        case 'credentials':
            return `the token is not valid: ${answered}. Check \`token\`: it may have expired, been revoked, or belong to another server.`;
        case 'permission':
            return `the token lacks a permission: ${answered}. ${permit(trouble, request)}`;
        case 'missing':
            if (ref !== undefined)
                return `${repository} or this ref in it was not found: ${answered}. Check \`ref\` (\`sha\` in the publishing action), \`repository\`, and that \`token\` may see it.`;
            return `${repository} was not found: ${answered}. Check \`repository\`, that \`token\` may see it (the default one sees its own repository only, a classic personal one needs the scope \`repo:status\`), and \`api_url\` (on GitHub Enterprise Server it ends in /api/v3).`;
        case 'unexpected':
            if (location !== '')
                return `${answered} and redirects to ${quote(location, 300)}, which is not followed: a write would be lost, or the token would go to another host. Correct \`api_url\` (http or https, the host) or \`repository\`, so that no redirect is needed.`;
            return `${answered}, which is not the answer of a statuses API. Check \`api_url\`, and any proxy between.`;
        default:
            return refusal(trouble, answered, request);
    }
}
/** What helps where no whole answer came. */
function unanswered(cause, { code, message }, host) {
    const met = message.includes(code) ? quote(message, 300) : `${code}, ${quote(message, 300)}`;
    switch (cause) {
        case 'certificate':
            if (/EXPIRED|NOT_YET_VALID/.test(code))
                return `the certificate of ${host} is out of date (${code}). Renew it on that server, or set the runner's clock right.`;
            if (/ALTNAME|HOSTNAME/.test(code))
                return `the certificate of ${host} is for another name (${met}). Check the host in \`api_url\`.`;
            return `the certificate of ${host} is not trusted (${code}). Set NODE_EXTRA_CA_CERTS in the runner's environment to a file with the certificate of the authority that signed it.`;
        case 'credentials':
            if (!PROXIED.test(message))
                return 'the token holds a character that no token has. Check what is given for `token`, such as a line break in a secret.';
            if (message.includes('=407'))
                return `the proxy asks for a name and password (${met}). Set them in \`https_proxy\`, as http://NAME:PASSWORD@HOST:PORT.`;
            return `the proxy refuses to connect to ${host} (${met}). Have it allowed there, or name the host in \`no_proxy\`.`;
        case 'unexpected':
            if (code === '')
                return `the request could not be made, or its answer not be read (${met}). Check \`api_url\`, and any proxy between.`;
            return `the request could not be made (${met}). Check \`api_url\`, and that \`https_proxy\` is an address such as http://HOST:PORT.`;
        default:
            if (PROXIED.test(message))
                return `the proxy did not connect to ${host} (${met}). Check \`https_proxy\`, or name the host in \`no_proxy\`.`;
            return `${host} gave no whole answer (${met}). Check \`api_url\`, the network, and \`https_proxy\` where there is a proxy.`;
    }
}
/** The server's own words, with a space before them. */
function said({ message, reasons }) {
    const parts = reasons.toLowerCase().startsWith(message.toLowerCase())
        ? [reasons]
        : [message, reasons];
    const words = parts.filter((part) => part.trim() !== '').map((part) => quote(part, 300));
    return words.length > 0 ? ` ${words.join(', ')}` : '';
}
/** When another attempt would be possible, where the server says so. */
function whenAgain(trouble, now) {
    const wait = askedWait(trouble, now);
    if (wait === undefined)
        return '';
    const again = new Date(clockOf(trouble, now) + wait).toISOString().slice(0, 19).replace('T', ' ');
    return `, and another attempt is possible at ${again} UTC (in ${duration(wait)}), later than this stage can wait`;
}
/** How the token gets what it lacks: a job's own, a personal one, one of Gitea or Forgejo. */
function permit({ message }, { repository, permission }) {
    if (/personal access token/i.test(message)) {
        const [name = '', access] = permission.replace('statuses', 'commit statuses').split(': ');
        return `In the settings of the personal access token, give it "${name[0]?.toUpperCase()}${name.slice(1).replace('-', ' ')}: ${access}" for ${repository}.`;
    }
    if (!/integration/i.test(message)) {
        return 'On Gitea and Forgejo, add `permissions: { contents: write }` to the job, or leave `permissions` out; give a token of your own the scope `write:repository`.';
    }
    const all = permission.startsWith('statuses') ? permission : `statuses: write, ${permission}`;
    return `Add \`permissions: { ${all} }\` to the job, and what its other steps need (such as \`contents: read\`): what is not listed there is none.`;
}
/** What GitHub's own reason does not say. The fields are named as the inputs are. */
function refusal(trouble, answered, { repository, ref }) {
    const text = `${trouble.message} ${trouble.reasons}`;
    if (NO_COMMIT.test(text)) {
        if (ref !== undefined)
            return `${repository} has no such SHA, branch or tag: ${answered}. Check \`ref\` (\`sha\` in the publishing action) and \`repository\`.`;
        return `the commit is not in ${repository}: ${answered}. Check \`sha\` and \`repository\`; a commit must be pushed before it can have a status.`;
    }
    if (/maximum number of statuses/i.test(text)) {
        return `this commit has 1,000 statuses of this context, the most that GitHub keeps: ${answered}. Use another \`context\`, or push a new commit.`;
    }
    if (SINGLE_SIGN_ON.test(text) || header(trouble, 'x-github-sso') !== '') {
        return `the organization asks for single sign-on: ${answered}. Authorize \`token\` for the organization, in the settings of your personal access tokens.`;
    }
    if (ARCHIVED.test(text)) {
        return `${repository} is archived, which makes it read-only: ${answered}. Unarchive it first, or take this step out.`;
    }
    const input = ['description', 'target_url', 'context', 'state', 'sha'].find((name) => new RegExp(`\\b${name.replace('_', '[_ ]')}\\b`, 'i').test(trouble.reasons));
    if (input !== undefined)
        return `${answered}. Correct the input \`${input}\`.`;
    if (trouble.status === 403) {
        return `${answered}. The server, or something before it, does not let this token or this runner in: ask whoever runs it.`;
    }
    return `${answered}. Check the inputs of this step, and \`api_url\`.`;
}

;// CONCATENATED MODULE: ./lib/github/client.js






const LONGEST_ATTEMPT = 10_000;
/**
 * Octokit for one repository; nothing else in this project uses it. Whatever goes wrong comes back as a failure; what can
 * pass is tried again until the deadline, with a line in the log for each further attempt.
 * @param deadline milliseconds since 1970: no request, and no wait, goes beyond it
 */
function createClient({ repository, token, apiUrl }, deadline, runner) {
    const log = runner.info;
    const timeLeft = () => Math.min(deadline - Date.now(), LONGEST_ATTEMPT);
    const PatientGitHub = utils/* GitHub */.gq.plugin(patience(token, deadline, log), dist_bundle/* retry */.L);
    const octokit = new PatientGitHub((0,utils/* getOctokitOptions */.EG)(token, {
        baseUrl: apiUrl,
        userAgent: 'commit-status',
        log: { debug() { }, info() { }, warn: log, error() { } },
        request: {
            fetch: (url, call) => runner.fetch(url, call, timeLeft()),
            log: { warn: log },
        },
        retry: { doNotRetry: EVERY_STATUS, retryAfterBaseValue: 1 },
    }));
    const [owner, repo] = repository.split('/');
    return async function ask(question) {
        const { route, parameters, expected, pick, known, ...request } = question;
        const failed = (trouble) => {
            return {
                failure: explain(conceal(trouble, token), { ...request, repository, apiUrl }, Date.now()),
            };
        };
        try {
            const response = await octokit.request(route, { owner, repo, ...parameters });
            const value = response.status === expected ? pick(response.data, headersOf(response)) : undefined;
            return value === undefined ? failed(unexpected(response)) : { value };
        }
        catch (error) {
            const trouble = troubleOf(error);
            return trouble.status === 304 && known !== undefined ? { value: known } : failed(trouble);
        }
    };
}
const EVERY_STATUS = Array.from({ length: 600 }, (_, index) => 400 + index);
/** Milliseconds that an attempt needs at least: a later one would only hide why the earlier ones failed. */
const SHORTEST_ATTEMPT = 1_000;
/**
 * Decides for `@octokit/plugin-retry`, which does the waiting but by itself ignores `retry-after`, gives up on a limit's
 * 403 and adds no jitter: it retries what an error asks for in `request.retries` and `request.retryAfter`.
 */
function patience(token, deadline, log) {
    return (octokit) => {
        octokit.hook.error('request', (error, options) => {
            const attempt = Number(options.request?.retryCount ?? 0);
            const trouble = conceal(troubleOf(error), token);
            const wait = waitBefore(trouble, attempt, Date.now(), Math.random());
            if (wait !== undefined &&
                Date.now() + wait + SHORTEST_ATTEMPT < deadline &&
                'request' in error) {
                const { method, url, request } = error.request;
                const met = [
                    trouble.status ?? trouble.code,
                    quote(trouble.message || trouble.reasons),
                ].join(' ');
                const again = new Date(Date.now() + wait).toISOString().slice(11, 19);
                log(`${method} ${new URL(url).pathname}: attempt ${attempt + 1} met ${met}. Trying again in ${(wait / 1000).toFixed(1)} s, at ${again} UTC.`);
                Object.assign(request ?? {}, { retries: attempt + 1, retryAfter: wait });
            }
            throw error;
        });
        return {};
    };
}
/** A server may repeat the token that it was sent. */
function conceal(trouble, token) {
    const hide = (text) => text.replaceAll(token, '***');
    const { message, reasons, headers } = trouble;
    const location = headers.location === undefined ? {} : { location: hide(String(headers.location)) };
    return {
        ...trouble,
        message: hide(message),
        reasons: hide(reasons),
        headers: { ...headers, ...location },
    };
}
function troubleOf(error) {
    const { response, cause, message } = isRecord(error)
        ? error
        : { message: String(error), response: undefined, cause: undefined };
    if (!isRecord(response)) {
        const origin = isRecord(cause) ? cause : isRecord(error) ? error : {};
        const code = typeof origin.code === 'string' ? origin.code : '';
        return { status: undefined, code, message: String(message || code), reasons: '', headers: {} };
    }
    return unexpected({
        status: Number(response.status),
        headers: response.headers ?? {},
        data: response.data,
    });
}
/** An answer that is not the one hoped for. */
function unexpected({ status, headers, data }) {
    const { message, errors } = isRecord(data) ? data : { message: data, errors: undefined };
    return {
        status,
        code: '',
        message: wordsOf(message),
        reasons: wordsOf(errors),
        headers: headersOf({ headers }),
    };
}
function headersOf({ headers }) {
    return { ...headers };
}
/**
 * What an error's body says. GitHub's `errors` is a string since 2026; before, and on GHES, an array of objects. Of a
 * web page, which proxies answer, it is the title.
 */
function wordsOf(said) {
    if (typeof said === 'string')
        return said.trimStart().startsWith('<') ? (/<title>(.*?)</is.exec(said)?.[1] ?? '') : said;
    if (Array.isArray(said))
        return said.map(wordsOf).filter(Boolean).join(', ');
    if (!isRecord(said))
        return '';
    return (wordsOf(said.message) || [said.resource, said.field, said.code].map(wordsOf).join(' ').trim());
}

;// CONCATENATED MODULE: ./lib/github/api.js






const LARGEST_PAGE = 100;
const MOST_READINGS = 3;
const CREATE = 'POST /repos/{owner}/{repo}/statuses/{sha}';
const COMBINED = 'GET /repos/{owner}/{repo}/commits/{ref}/status';
const LIST = 'GET /repos/{owner}/{repo}/commits/{ref}/statuses';
const PULL_REQUEST = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
const OLDER_LIST = 'GET /repos/{owner}/{repo}/statuses/{ref}';
/**
 * The statuses API of one repository. Whatever goes wrong comes back as a failure.
 * @param deadline milliseconds since 1970: no request, and no wait, goes beyond it
 */
function connect(access, deadline, runner) {
    const { repository, apiUrl } = access;
    const ask = createClient(access, deadline, runner);
    const isGitea = isGiteaApi(apiUrl);
    const combinedPages = new Map();
    async function combinedPage(ref, page) {
        const key = `${ref} ${page}`;
        const known = combinedPages.get(key);
        const headers = known?.etag ? { 'if-none-match': known.etag } : {};
        const read = await ask({
            doing: `read the combined status of ${quote(ref, 255)}`,
            permission: 'statuses: read',
            ref,
            route: COMBINED,
            parameters: { ref, page, headers, ...pageSize() },
            expected: 200,
            pick: combinedPageOf,
            known,
        });
        if ('value' in read)
            combinedPages.set(key, read.value);
        return read;
    }
    /** All pages of a combined status. The later ones are of the commit that the first has found, should a branch move. */
    async function everyCombinedPage(ref) {
        const statuses = [];
        let [sha, total] = ['', 0];
        let isMore = true;
        for (let number = 1; isMore; number++) {
            const read = await combinedPage(sha || ref, number);
            if ('failure' in read)
                return read;
            const { value: page } = read;
            statuses.push(...page.statuses);
            sha = page.sha;
            total = page.total;
            isMore = page.statuses.length > 0 && (page.hasNext || statuses.length < total);
        }
        return { value: { sha, total, statuses: newestOfEach(statuses.sort(newestFirst), isGitea) } };
    }
    function listPage(route, ref, page, size) {
        return ask({
            doing: `read the statuses of ${quote(ref, 255)}`,
            permission: 'statuses: read',
            ref,
            route,
            parameters: { ref, page, ...pageSize(size) },
            expected: 200,
            pick: pageOf,
        });
    }
    /** The first page of a list, and the route that it was found by: the older one where the other is not known. */
    async function firstListPage(ref, size) {
        const read = await listPage(LIST, ref, 1, size);
        if ('value' in read || read.failure.cause !== 'missing')
            return { read, route: LIST };
        const older = await listPage(OLDER_LIST, ref, 1, size);
        // Nothing is what an unknown branch has there, too.
        const isKnown = 'value' in older && (older.value.statuses.length > 0 || isSha(ref));
        return isKnown ? { read: older, route: OLDER_LIST } : { read, route: LIST };
    }
    return {
        repository,
        /** Creates one status and gives its id. Only a 201 that repeats the state counts: anything else lost the write. */
        createStatus({ sha, state, context, description, targetUrl, }) {
            return ask({
                doing: `publish "${context}" on ${repository}@${sha.slice(0, 7)}`,
                permission: 'statuses: write',
                route: CREATE,
                parameters: { sha, state, context, description, target_url: targetUrl },
                expected: 201,
                pick: (data) => {
                    const isStored = isRecord(data) && (data.state ?? data.status) === state && Number.isSafeInteger(data.id);
                    return isStored ? { id: String(data.id) } : undefined;
                },
            });
        },
        /**
         * The statuses of a ref, newest first, superseded ones too: page by page, until enough are there.
         * @param isEnough asked after each page, with what that page has brought
         */
        async statuses(ref, isEnough) {
            const statuses = [];
            const ids = new Set();
            let { read, route } = await firstListPage(ref);
            for (let number = 2; 'value' in read; number++) {
                // What is published meanwhile moves the rest on: the end of one page is the start of the next.
                const fresh = read.value.statuses.filter(({ id }) => Number.isNaN(id) || !ids.has(id));
                for (const status of fresh) {
                    ids.add(status.id);
                    statuses.push(status);
                }
                if (!read.value.hasNext || isEnough(fresh))
                    return { value: statuses.sort(newestFirst) };
                read = await listPage(route, ref, number);
            }
            return read;
        },
        /**
         * The newest status of each context of a ref, all pages of it. Asked again, a page that has not changed is answered
         * 304, which costs none of the rate limit. Where less is found than there is, since a status that was published
         * meanwhile has moved another to a page already read, all is read again.
         * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
         */
        async combined(ref) {
            for (let reading = 1;; reading++) {
                const read = await everyCombinedPage(ref);
                if ('failure' in read) {
                    const isUnknownRoute = read.failure.cause === 'missing' && 'value' in (await firstListPage(ref, 1)).read;
                    return isUnknownRoute ? { failure: NO_COMBINED } : read;
                }
                const { sha, statuses, total } = read.value;
                if (statuses.length >= total || reading === MOST_READINGS)
                    return { value: { sha, statuses } };
            }
        },
        /** The SHA, branch or tag to ask for. The head of a pull request takes a request. */
        async resolve(ref) {
            if ('ref' in ref)
                return { value: ref.ref };
            if ('sha' in ref)
                return { value: ref.sha };
            if ('none' in ref)
                return {
                    failure: {
                        cause: 'missing',
                        message: `There is no commit to read: ${ref.none}. Give \`ref\`.`,
                    },
                };
            return ask({
                doing: `ask for the head of pull request #${ref.pullRequest}`,
                permission: 'pull-requests: read',
                route: PULL_REQUEST,
                parameters: { pull_number: ref.pullRequest },
                expected: 200,
                pick: (data) => {
                    const head = isRecord(data) && isRecord(data.head) ? data.head.sha : undefined;
                    return isSha(head) ? head : undefined;
                },
            });
        },
    };
}
const NO_COMBINED = {
    cause: 'missing',
    message: 'This server does not know the combined status of a commit, as older ones do not. Use `list` there.',
};
/** Gitea and Forgejo know the page size as `limit`; each server ignores the other's word. */
function pageSize(size = LARGEST_PAGE) {
    return { per_page: size, limit: size };
}
/** @param headers whose `Link` says whether there is one more page; it is asked for by its number */
function pageOf(data, { link }) {
    if (data !== null && !Array.isArray(data))
        return undefined;
    return {
        statuses: (data ?? []).filter(isRecord).map(statusOf),
        hasNext: /rel="?next\b/.test(String(link ?? '')),
    };
}
function combinedPageOf(data, headers) {
    const page = isRecord(data) ? pageOf(data.statuses ?? null, headers) : undefined;
    if (!isRecord(data) || page === undefined)
        return undefined;
    return {
        ...page,
        sha: api_text(data.sha),
        total: Number(data.total_count ?? 0),
        etag: api_text(headers.etag),
    };
}
/** Of one second, Gitea and Forgejo give statuses in no order. */
function newestFirst(one, other) {
    if (one.created_at !== other.created_at)
        return one.created_at < other.created_at ? 1 : -1;
    return other.id - one.id;
}
/** Gitea calls the state `status`; servers from before contexts have none. */
function statusOf(record) {
    const creator = isRecord(record.creator) ? { creator: { login: api_text(record.creator.login) } } : {};
    return {
        id: Number(record.id),
        state: api_text(record.state ?? record.status),
        context: api_text(record.context ?? 'default'),
        description: api_text(record.description),
        target_url: api_text(record.target_url),
        created_at: api_text(record.created_at),
        updated_at: api_text(record.updated_at),
        ...creator,
    };
}
function api_text(value) {
    return typeof value === 'string' ? value : '';
}

;// CONCATENATED MODULE: ./lib/status/context.js

/**
 * The contexts to publish under: the lines of `input`, repeated names (compared without case, as GitHub does) once,
 * or else one name derived from the job. A text is empty where nothing is left of what was given.
 */
function contextsOf(input, identity) {
    const lines = linesOf(input);
    const fitted = (lines.length > 0 ? lines : [derived(identity)]).map(fitContext);
    const names = fitted.map(({ text }) => text.toLowerCase());
    return fitted.filter(({ text }, index) => names.indexOf(text.toLowerCase()) === index);
}
/** The lines of an input that hold something, without the white space around them. */
function linesOf(input) {
    return input
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}
function derived({ workflow, job, matrix }) {
    const name = [workflow, job].filter((part) => fitContext(part).text !== '').join(' / ');
    const values = leaves(matrix).map(distinct);
    return values.length > 0 ? `${name} (${values.join(', ')})` : name;
}
function leaves(value) {
    if (value === null || value === undefined || value === '')
        return [];
    return typeof value === 'object' ? Object.values(value).flatMap(leaves) : [String(value)];
}
/** A 4-byte character as its code point: left out, it would give two legs of a matrix one name. */
function distinct(value) {
    return value.replace(/[\u{10000}-\u{10ffff}]/gu, (c) => `U+${c.codePointAt(0)?.toString(16).toUpperCase()}`);
}

;// CONCATENATED MODULE: ./lib/publish/inputs.js








/** Reads and checks every input of the root action. @param payload the event, for the commit it is about */
function readPublish(env, payload) {
    const read = reader(env);
    read.flag('enabled', true);
    const choices = {
        cancelled: read.state('cancelled_state', 'error'),
        skipped: read.state('skipped_state', 'success'),
    };
    const access = readAccess(read);
    const job = readJob(read);
    const contexts = contextsOf(env.INPUT_CONTEXT ?? '', readIdentity(read));
    if (contexts.some(({ text }) => text === '')) {
        read.wrong('context', 'names of which something is left without 4-byte characters, which GitHub refuses');
    }
    return read.result({
        ...access,
        once: readOnce(read, choices),
        contexts,
        description: fitDescription((0,mode/* raw */.lS)(env, 'description')),
        targetUrl: readTargetUrl(read),
        commit: readCommit(read, payload),
        choices,
        failOnError: read.flag('fail_on_error', true),
        job,
    });
}
function readLate(env) {
    const read = reader(env);
    return {
        token: readToken(read),
        word: (0,mode/* raw */.lS)(env, 'job_status').toLowerCase(),
        contexts: (0,mode/* raw */.lS)(env, 'context') === ''
            ? []
            : contextsOf(env.INPUT_CONTEXT ?? '', { workflow: '', job: '', matrix: null }),
        description: fitDescription((0,mode/* raw */.lS)(env, 'description')),
        targetUrl: readTargetUrl(read),
        job: readJob(reader(env)),
        problems: read.problems,
    };
}
function readTargetUrl(read) {
    const value = read.text('target_url');
    if (value === '')
        return undefined;
    const url = parseUrl(value);
    if (url === undefined)
        read.wrong('target_url', 'an address that starts with http:// or https://');
    return url !== undefined && /^https?:\/\/\w[\x21-\x7e]*$/i.test(value) ? value : url?.href;
}
function readIdentity(read) {
    const { GITHUB_WORKFLOW: workflow = '', GITHUB_JOB: job = '' } = read.env;
    return { workflow, job, matrix: read.json('matrix') };
}
function readCommit(read, payload) {
    const sha = read.text('sha');
    if (sha !== '') {
        if (!isSha(sha))
            read.wrong('sha', 'the 40 hexadecimal digits of a commit');
        return { sha: sha.toLowerCase() };
    }
    return readEventCommit(read, 'sha', payload);
}
/** The event's commit, for an input that is left empty. */
function readEventCommit(read, input, payload) {
    const event = read.env.GITHUB_EVENT_NAME ?? '';
    const commit = commitOf(event, payload, read.env.GITHUB_SHA ?? '');
    if (!('lacks' in commit))
        return commit;
    const example = `\`${input}: \${{ github.event.EXAMPLE.sha }}\``;
    read.wrong(input, `a commit, since the event ${quote(event)} does not say which (it lacks ${commit.lacks}); write ${example}`);
    return { none: 'not known' };
}
function readOnce(read, choices) {
    const state = read.text('state').toLowerCase();
    const needs = read.text('needs');
    if (state === '') {
        read.wrong('state', 'a state or a result; the expression that was given for it came to nothing');
    }
    else if (state !== 'job' && stateOf(state, choices) === undefined) {
        read.wrong('state', `job, or one of ${WORDS.join(', ')}`);
    }
    else if (needs !== '' && state !== 'job') {
        read.wrong('state', 'no `state` of its own beside `needs`, which decides it');
    }
    if (needs !== '')
        return readNeeds(read, choices);
    if (state === 'job') {
        const status = read.text('job_status').toLowerCase();
        if (stateOf(status, choices) === undefined) {
            read.wrong('job_status', `the job's status; write \`job_status: \${{ job.status }}\` in this step`);
        }
        return undefined;
    }
    return { state: stateOf(state, choices) ?? 'error', description: describe(state) };
}
function readNeeds(read, choices) {
    const needs = read.json('needs');
    const jobs = isRecord(needs) && !Array.isArray(needs) ? Object.entries(needs) : [];
    if (jobs.length === 0 && needs !== undefined) {
        read.wrong('needs', `the results of the jobs before; write \`needs: \${{ toJSON(needs) }}\` in a job that has \`needs\``);
    }
    const results = jobs.map(([job, value]) => {
        const word = isRecord(value) && typeof value.result === 'string' ? value.result : '';
        const state = stateOf(word, choices);
        if (state === undefined) {
            const expected = `one of ${WORDS.join(', ')}`;
            read.problems.push(`Input \`needs\` has ${quote(word)} as the result of ${quote(job)}: expected ${expected}.`);
        }
        return { job, word, state: state ?? 'error' };
    });
    const { state, counting } = rollUp(results);
    return { state, description: describeRollUp(state, counting) };
}
/** Reads and checks every input of `combined`. Times are in milliseconds. */
function readCombined(env, payload) {
    const read = reader(env);
    const minutes = read.number('timeout_minutes', 0, 'a number of minutes from 0 to 4320', (value) => value <= 4320);
    const seconds = read.number('interval_seconds', 15, 'a number of seconds above 0, up to 3600', (value) => value > 0 && value <= 3600);
    const access = readAccess(read);
    return read.result({
        ...access,
        ref: readRef(read, access, payload),
        picks: linesOf(env.INPUT_CONTEXTS ?? ''),
        timeout: minutes * 60_000,
        interval: seconds * 1000,
        requireSuccess: read.flag('require_success', false),
        job: readJob(read),
        ownContexts: contextsOf('', readIdentity(read))
            .flatMap(({ text }) => [text, `${text} (${env.GITHUB_EVENT_NAME})`])
            .map((name) => name.toLowerCase()),
    });
}
/** Reads and checks every input of `list`. */
function readList(env, payload) {
    const read = reader(env);
    const isRight = (value) => Number.isInteger(value) && value >= 1 && value <= 100_000;
    const access = readAccess(read);
    return read.result({
        ...access,
        ref: readRef(read, access, payload),
        context: read.text('context'),
        limit: read.number('limit', 100, 'a whole number from 1 to 100000', isRight),
    });
}
/** Reads and checks every input of `sweep`: given, or those of the run that the event `workflow_run` is about. */
function readSweep(env, payload, now) {
    const read = reader(env);
    const access = readAccess(read);
    const { server, repository } = readJob(read);
    const event = env.GITHUB_EVENT_NAME ?? '';
    const ended = event === 'workflow_run' ? endedRun(payload) : undefined;
    if (ended === undefined &&
        ['run_id', 'sha', 'conclusion'].every((name) => read.text(name) === '')) {
        const problem = `The event ${quote(event)} names no run that has ended: use this action in a workflow on \`workflow_run\` with \`types: [completed]\`, or give \`run_id\`, \`sha\` and \`conclusion\`.`;
        return { problems: [...read.problems, problem] };
    }
    const isOfEvent = ['', ended?.run].includes(read.text('run_id'));
    const value = (name, ofEvent, isRight, expected) => {
        const text = read.text(name) || (isOfEvent ? (ofEvent ?? '') : '');
        if (!isRight(text))
            read.wrong(name, expected);
        return text;
    };
    const isConclusion = (text) => CONCLUSIONS.includes(text);
    return read.result({
        ...access,
        run: value('run_id', ended?.run, (text) => /^\d{1,20}$/.test(text), 'the id of a run that has ended'),
        sha: value('sha', ended?.sha, isSha, "the 40 hexadecimal digits of the run's commit").toLowerCase(),
        conclusion: value('conclusion', ended?.conclusion, isConclusion, `how it ended: ${CONCLUSIONS.join(', ')}`),
        endedAt: isOfEvent && ended !== undefined && !Number.isNaN(ended.endedAt) ? ended.endedAt : now,
        places: [repository, access.repository].map((name) => ({ server, repository: name })),
    });
}
function readRef(read, { apiUrl }, payload) {
    const given = read.text('ref');
    if (given === '')
        return readEventCommit(read, 'ref', payload);
    if (/[\p{Cc}\p{Cs}\s]|^\.{1,2}$/u.test(given))
        read.wrong('ref', 'a SHA, branch or tag, without white space');
    // Gitea knows branches and tags by their plain names only.
    return { ref: given.replace(isGiteaApi(apiUrl) ? /^refs\/(heads\/|tags\/)?/ : /^refs\//, '') };
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(161);
;// CONCATENATED MODULE: ./lib/publish/report.js



/**
 * The outputs of the root action. Of several contexts, `context` and `id` hold a line each, empty where it was refused;
 * all are empty where there was no commit to publish on.
 */
function outputsOf(outcome) {
    const listed = outcome?.published ?? [];
    const tried = listed.length > 0 ? outcome : undefined;
    return {
        state: tried?.state ?? '',
        context: listed.map(({ context, id }) => (id === '' ? '' : context)).join('\n'),
        description: tried?.description ?? '',
        target_url: tried?.targetUrl ?? '',
        sha: tried?.sha ?? '',
        id: listed.map(({ id }) => id).join('\n'),
        published: String(listed.length > 0 && listed.every(({ id }) => id !== '')),
    };
}
function setOutputs(runner, outputs) {
    for (const [name, value] of Object.entries(outputs))
        runner.setOutput(name, value);
}
/**
 * The outputs as the file behind GITHUB_OUTPUT holds them.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
function formatOutputs(outputs) {
    const end = `end_${(0,external_node_crypto_.randomUUID)()}`;
    return Object.entries(outputs)
        .map(([name, value]) => `${name}<<${end}${external_node_os_.EOL}${value}${external_node_os_.EOL}${end}${external_node_os_.EOL}`)
        .join('');
}
/**
 * Sets an output that holds JSON. "Outputs can be a maximum of 1 MB per job. […] Size is approximated based on UTF-16
 * encoding." https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
function setJsonOutput(runner, name, value) {
    const text = JSON.stringify(value);
    const bytes = text.length * 2;
    if (bytes <= LARGEST_OUTPUT) {
        runner.setOutput(name, text);
    }
    else {
        const size = `${(bytes / LARGEST_OUTPUT).toFixed(1)} MB`;
        runner.fail(`The output \`${name}\` would be ${size}, and the runner takes 1 MB: ask for less, by a name or a limit.`);
    }
}
const LARGEST_OUTPUT = 1_048_576;
/** One annotation for all failures: red, or a warning where the user does not want the step to fail. */
function reportFailures(runner, failures, failOnError) {
    const text = failures.map(({ message }) => message).join('\n');
    if (failOnError)
        runner.fail(text);
    else
        runner.warning(text);
}
/** Says once, in the log and in the job summary, why a token that may not write leaves the job green, and what helps. */
async function reportReadOnly(runner, author) {
    const text = {
        fork: 'No commit status is published: the token of a pull request from a fork is read-only. The job is not affected. To publish for forks, add a workflow on `workflow_run` (README: Permissions and forks).',
        Dependabot: 'No commit status is published: the token of a run that Dependabot started is read-only. The job is not affected. To publish there too, add `permissions: { statuses: write }` to the job, and what its other steps need.',
    }[author];
    runner.warning(text);
    await runner.summarize(`### Commit status\n\n${text}\n`);
}
/** Whose token it is that may not write, where GitHub keeps it so on purpose. */
function readOnlyFor({ env, payload }, failures) {
    return failures.some(({ cause }) => cause === 'permission')
        ? untrustedAuthor(env.GITHUB_EVENT_NAME ?? '', payload, env.GITHUB_ACTOR ?? '')
        : undefined;
}
/** A text that was made fit; what was changed for that goes to the log. */
function tellNotes(runner, { text, notes }) {
    for (const note of notes)
        runner.info(note);
    return text;
}

;// CONCATENATED MODULE: ./lib/status/link.js
/** The page of the job, the page of its run where the job's id is not known, nothing where there is no run. */
function jobLink({ server, repository, run, job }) {
    if (server === '' || repository === '' || run === '')
        return undefined;
    return `${server}/${repository}/actions/runs/${run}${job === '' ? '' : `/job/${job}`}`;
}
/**
 * Whether a status's link is a page of a newer run than ours: one with a greater id or, in the same run, of a job with
 * a greater id, which a re-run has. A link to anything else is not.
 */
function isNewer(link, ours) {
    const other = parseLink(link, ours);
    if (other === undefined || ours.run === '')
        return false;
    if (other.run !== BigInt(ours.run))
        return other.run > BigInt(ours.run);
    return other.job !== undefined && ours.job !== '' && other.job > BigInt(ours.job);
}
/**
 * The newest status of the newest of the runs that are newer than ours, if there are any.
 * @param statuses of one context, newest first
 */
function ofNewestRun(statuses, ours) {
    let newest = { status: undefined, job: ours };
    for (const status of statuses) {
        const other = isNewer(status.target_url, newest.job)
            ? parseLink(status.target_url, ours)
            : undefined;
        if (other !== undefined)
            newest = { status, job: { ...ours, run: `${other.run}`, job: `${other.job ?? ''}` } };
    }
    return newest.status;
}
/** Whether a link is the page of our job, or of our run where the job's id is not known. */
function isPageOf(link, ours) {
    const other = parseLink(link, ours);
    if (other === undefined || ours.run === '' || other.run !== BigInt(ours.run))
        return false;
    return ours.job === '' ? other.job === undefined : other.job === BigInt(ours.job);
}
/** The run and job that a link of this repository's names. */
function parseLink(link, { server, repository }) {
    const start = `${server}/${repository}/actions/runs/`;
    if (typeof link !== 'string' || !link.toLowerCase().startsWith(start.toLowerCase()))
        return undefined;
    const ids = /^(\d{1,20})(?:\/attempts\/\d+)?(?:\/job\/(\d{1,20}))?(?:[/?#].*)?$/s.exec(link.slice(start.length));
    if (ids?.[1] === undefined)
        return undefined;
    return { run: BigInt(ids[1]), job: ids[2] === undefined ? undefined : BigInt(ids[2]) };
}

;// CONCATENATED MODULE: ./lib/combined/summary.js
/** The runner takes 1 MiB of summary from a step. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary */
const LARGEST_TABLE = 900_000;
const MOST_ROWS = 500;
/** A Markdown table of statuses, what needs attention first. All text in it is foreign, and shown as it is. */
function statusTable(statuses, missing) {
    const rows = [
        ...statuses,
        ...missing.map((context) => ({ context, state: 'missing', description: '', target_url: '' })),
    ];
    if (rows.length === 0)
        return 'There is no status at all.\n';
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
/** Failures first, whatever their name, and successes last. */
function rank({ state }) {
    return ['pending', 'missing', 'skipped', 'success'].indexOf(state);
}
function linked({ context, target_url }) {
    if (!/^https?:\/\//i.test(target_url) || !URL.canParse(target_url))
        return literal(context);
    const address = new URL(target_url).href.replace(/[()|<>\\`]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
    return `[${literal(context)}](${address.replaceAll('&', '&amp;')})`;
}
/** Text in which nothing is Markdown or HTML: a character reference never is. https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references */
function literal(text) {
    return text
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .replace(/[!-/:-@[-`{-~]/g, (c) => `&#${c.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ./lib/combined/combined.js








const NOT_READ = 'Cancelled before the combined status was read.';
const BUDGET = 60_000;
/** What the last look of a wait, at its very end, may take. */
const LAST_LOOK = 10_000;
/** Reads the combined status of a ref; waits for it, and fails where it is not success, if that is asked for. */
async function combined(runner) {
    const read = readCombined(runner.env, runner.payload);
    if ('problems' in read)
        return runner.fail(read.problems.join('\n'));
    const inputs = read.values;
    runner.mask(inputs.token);
    const end = Date.now() + inputs.timeout;
    const api = connect(inputs, end + (inputs.timeout === 0 ? BUDGET : LAST_LOOK), runner);
    const ref = await api.resolve(inputs.ref);
    if ('failure' in ref)
        return runner.fail(ref.failure.message);
    const { look, broken } = await watch(runner, api, ref.value, inputs, end);
    const name = quote(`${inputs.repository}@${ref.value}`, 300);
    if (look !== undefined)
        await report(runner, look, name);
    if (broken !== undefined)
        return runner.fail(broken);
    if (look === undefined)
        return;
    const said = `The combined status of ${name} is ${look.verdict.state}. ${describeVerdict(look.verdict)}`;
    if (inputs.requireSuccess && look.verdict.state !== 'success')
        runner.fail(said);
    else
        runner.info(said);
}
/** Looks again and again until there is nothing to wait for, or the time is up. */
async function watch(runner, api, ref, inputs, end) {
    const { picks, interval, requireSuccess } = inputs;
    const cancelled = runner.cancelled().then(() => ({ cancelled: true }));
    let look;
    let said = '';
    for (;;) {
        const read = await Promise.race([api.combined(ref), cancelled]);
        if ('cancelled' in read)
            return { look, broken: said ? `Cancelled while waiting. ${said}` : NOT_READ };
        const left = end - Date.now();
        let line;
        if ('failure' in read) {
            const { cause, message } = read.failure;
            // What can pass was tried again as long as that helps; a limit comes here only if it lasts longer than the wait.
            if (left <= 0 || cause === 'limit' || isLasting(cause))
                return { look, broken: message };
            line = message;
        }
        else {
            const verdict = judge(read.value.statuses, picks, (status) => isOwn(status, inputs));
            look = { sha: read.value.sha, verdict };
            if (left <= 0 || !verdict.isOpen || (requireSuccess && verdict.state === 'failure'))
                return { look };
            line = describeVerdict(verdict);
        }
        if (line !== said)
            runner.info(`Waiting. ${line}`);
        said = line;
        const woken = await Promise.race([sleep(Math.min(interval, left)), cancelled]);
        if (woken !== undefined)
            return { look, broken: `Cancelled while waiting. ${said}` };
    }
}
/** Whether a status is the one of this very job, which cannot end while it waits for itself. */
function isOwn({ target_url, context }, { job, ownContexts }) {
    // Gitea's own statuses have links without a host.
    const link = target_url.startsWith('/') ? job.server + target_url : target_url;
    return isPageOf(link, job) && (job.job !== '' || ownContexts.includes(context.toLowerCase()));
}
async function report(runner, { sha, verdict }, name) {
    const { state, statuses, missing } = verdict;
    runner.setOutput('state', state);
    runner.setOutput('sha', sha);
    runner.setOutput('total_count', String(statuses.length));
    for (const key of ['failing', 'pending', 'missing', 'statuses'])
        setJsonOutput(runner, key, verdict[key]);
    await runner.summarize(`### Combined status of ${literal(name)}: ${state}\n\n${statusTable(statuses, missing)}`);
}
function sleep(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

;// CONCATENATED MODULE: ./lib/list.js




/** There may be hundreds of pages. */
const list_BUDGET = 240_000;
/** Reads the status history of a ref, newest first, as far as the limit asks. */
async function list(runner) {
    const read = readList(runner.env, runner.payload);
    if ('problems' in read)
        return runner.fail(read.problems.join('\n'));
    const { context, limit } = read.values;
    runner.mask(read.values.token);
    const api = connect(read.values, Date.now() + list_BUDGET, runner);
    const ref = await api.resolve(read.values.ref);
    if ('failure' in ref)
        return runner.fail(ref.failure.message);
    const isAsked = (status) => context === '' || status.context.toLowerCase() === context.toLowerCase();
    let found = 0;
    const statuses = await api.statuses(ref.value, (page) => {
        found += page.filter(isAsked).length;
        return found >= limit;
    });
    if ('failure' in statuses)
        return runner.fail(statuses.failure.message);
    const asked = statuses.value.filter(isAsked).slice(0, limit);
    runner.info(`${asked.length} statuses of ${quote(`${read.values.repository}@${ref.value}`, 300)}.`);
    runner.setOutput('count', String(asked.length));
    runner.setOutput('state', asked[0]?.state ?? '');
    setJsonOutput(runner, 'statuses', asked);
}

// EXTERNAL MODULE: ./lib/publish/memory.js
var publish_memory = __webpack_require__(709);
;// CONCATENATED MODULE: ./lib/publish/publish.js


/** Publishes the state under one context after the other; the rest are still tried where one is refused. */
async function publish(api, publication, log) {
    const { contexts, state, description, targetUrl } = publication;
    const outcome = { state, description, targetUrl, sha: '', published: [], failures: [] };
    if ('none' in publication.commit) {
        log(`Nothing is published, since there is no commit: ${publication.commit.none}.`);
        return outcome;
    }
    const sha = await api.resolve(publication.commit);
    if ('failure' in sha)
        return { ...outcome, failures: [sha.failure] };
    outcome.sha = sha.value;
    for (const context of contexts) {
        const result = outcome.failures.some(isHopeless)
            ? undefined
            : await api.createStatus({ sha: outcome.sha, state, context, description, targetUrl });
        const id = result !== undefined && 'value' in result ? result.value.id : '';
        outcome.published.push({ context, id });
        if (result !== undefined && 'failure' in result)
            outcome.failures.push(result.failure);
        else if (id !== '')
            log(`Published ${state} as ${quote(context, 255)} on ${api.repository}@${outcome.sha}: ${description}`);
    }
    return outcome;
}
/** Whether no other context can fare better: it is the token, the repository or the server that is wrong. */
function isHopeless({ cause }) {
    return isLasting(cause) && cause !== 'refused';
}

;// CONCATENATED MODULE: ./lib/publish/open.js







/** Publishes pending, and remembers beforehand what may be opened by it: an answer can get lost. */
async function open_open(runner, inputs, budget) {
    const { repository, apiUrl, commit, contexts, job } = inputs;
    const before = (0,publish_memory/* recall */.I9)(runner.env)?.opened ?? [];
    const opened = {
        repository,
        apiUrl,
        commit,
        contexts: contexts.map((context) => tellNotes(runner, context)),
        description: tellNotes(runner, inputs.description),
        targetUrl: inputs.targetUrl ?? jobLink(job),
        startedAt: Math.min(Date.now(), ...before.map(({ startedAt }) => startedAt)),
    };
    const kept = (0,publish_memory/* without */.FF)(before, opened, opened.contexts);
    const isNone = 'none' in commit;
    (0,publish_memory/* remember */.kY)(runner, memoryOf(inputs, isNone ? kept : [...kept, opened]));
    const publication = {
        ...opened,
        state: 'pending',
        description: opened.description || describe('in_progress'),
    };
    const outcome = await publishWith(runner, inputs, publication, budget);
    const resolved = outcome.sha === '' ? opened : { ...opened, commit: { sha: outcome.sha } };
    const others = (0,publish_memory/* without */.FF)(kept, resolved, opened.contexts);
    return finish(runner, outcome, memoryOf(inputs, isNone ? others : [...others, resolved]));
}
/** Publishes a state at once. What pre opened of the same contexts is thereby closed. */
async function publishOnce(runner, inputs, once, budget) {
    const publication = {
        commit: inputs.commit,
        contexts: inputs.contexts.map((context) => tellNotes(runner, context)),
        state: once.state,
        description: tellNotes(runner, inputs.description) || fitDescription(once.description).text,
        targetUrl: inputs.targetUrl ?? jobLink(inputs.job),
    };
    const outcome = await publishWith(runner, inputs, publication, budget);
    const closed = outcome.published.filter(({ id }) => id !== '').map(({ context }) => context);
    const before = (0,publish_memory/* recall */.I9)(runner.env)?.opened ?? [];
    const resolved = { repository: inputs.repository, commit: { sha: outcome.sha } };
    return finish(runner, outcome, memoryOf(inputs, (0,publish_memory/* without */.FF)((0,publish_memory/* without */.FF)(before, inputs, closed), resolved, closed)));
}
async function publishWith(runner, inputs, publication, budget) {
    runner.mask(inputs.token);
    return publish(connect(inputs, Date.now() + budget, runner), publication, runner.info);
}
/** Remembers how it came out. A token that GitHub keeps from writing is said once and fails nothing. */
async function finish(runner, outcome, memory) {
    const author = readOnlyFor(runner, outcome.failures);
    if (author !== undefined)
        await reportReadOnly(runner, author);
    const finished = { ...memory, readOnly: author !== undefined };
    (0,publish_memory/* remember */.kY)(runner, finished);
    return { outcome, memory: finished };
}
function memoryOf({ contexts, choices, failOnError }, opened) {
    const names = contexts.map(({ text }) => text);
    return { opened, contexts: names, choices, failOnError, readOnly: false, failed: undefined };
}

;// CONCATENATED MODULE: ./lib/publish/standing.js


/**
 * A pending of ours over a newer run's may stay: that run will publish its result. What another account has published is
 * not put back: it must not come to bear our name.
 * @param seen the commit's statuses, newest first
 * @param putBack the ids of what we have put back: a pending may by then cover the result for which it waits
 */
function standingOf(context, seen, ours, putBack = new Set()) {
    const history = seen.filter((status) => status.context.toLowerCase() === context.toLowerCase());
    const [top] = history;
    const isPutBack = ({ id }) => putBack.has(String(id));
    const newest = ofNewestRun(history.filter((status) => !isPutBack(status)), ours);
    if (newest === undefined || top === undefined)
        return { is: 'free' };
    const isCovered = newest !== top && (isPutBack(top) || isPageOf(top.target_url, ours));
    if (!isCovered)
        return { is: 'left' };
    if (newest.creator?.login !== top.creator?.login)
        return { is: 'free' };
    const state = STATES.find((candidate) => candidate === newest.state);
    if (state === undefined || (state === 'pending' && top.state === 'pending'))
        return { is: 'left' };
    return {
        is: 'covered',
        status: { state, description: newest.description, targetUrl: newest.target_url },
    };
}

;// CONCATENATED MODULE: ./lib/publish/settle.js







/** Milliseconds for a look at what newer runs have published: it must not keep the result from being published. */
const LOOK = 5_000;
/** Milliseconds for which a look counts: a plain read and write take a part of that. */
const FRESH = 2_000;
/**
 * Publishes the job's result for what was opened, but not where a newer run has published: an old run must not have the
 * last word, in whatever order they start and end. After a write that took long, what was seen may no longer be so: it
 * looks again, and puts back what it has covered.
 */
async function settle(runner, opened, memory, late, deadline) {
    const access = { ...opened, token: late.token };
    runner.mask(late.token);
    const api = connect(access, deadline, runner);
    const sha = await api.resolve(opened.commit);
    if ('failure' in sha)
        return [sha.failure];
    const result = resultOf(runner, { ...opened, commit: { sha: sha.value } }, memory, late);
    const failures = [];
    const putBack = new Set();
    let contexts = result.contexts;
    for (let isFirst = true; contexts.length > 0; isFirst = false) {
        const begun = Date.now();
        const look = connect(access, Math.min(deadline, begun + LOOK), runner);
        const seen = await statusesSeen(runner, look, sha.value, late.job);
        const standings = contexts.map((context) => ({
            context,
            ...standingOf(context, seen ?? [], late.job, putBack),
        }));
        for (const standing of standings)
            tellStanding(runner, standing);
        const free = isFirst
            ? standings.filter(({ is }) => is === 'free').map(({ context }) => context)
            : [];
        const covered = standings.flatMap((one) => one.is === 'covered' ? [{ ...result, ...one.status, contexts: [one.context] }] : []);
        const written = [];
        for (const publication of [{ ...result, contexts: free }, ...covered]) {
            // A pending is put back at once or not at all: late, it would cover the result for which it waits.
            const isBrief = !isFirst && publication.state === 'pending';
            const outcome = await publish(isBrief ? look : api, publication, runner.info);
            if (isBrief)
                for (const { message } of outcome.failures)
                    runner.info(message);
            else
                failures.push(...outcome.failures);
            for (const { context, id } of outcome.published.filter(({ id }) => id !== '')) {
                written.push(context);
                if (isBrief)
                    putBack.add(id);
            }
        }
        const isFresh = seen !== undefined && Date.now() - begun <= FRESH && putBack.size === 0;
        contexts = isFresh ? [] : written;
    }
    return failures;
}
function resultOf(runner, opened, { choices }, late) {
    const state = stateOf(late.word, choices);
    const said = state === undefined
        ? 'The job reported no result'
        : describe(late.word, Date.now() - opened.startedAt);
    return {
        ...opened,
        state: state ?? 'error',
        description: tellNotes(runner, late.description) || opened.description || said,
        targetUrl: late.targetUrl ?? opened.targetUrl,
    };
}
/** The commit's statuses, newest first, or undefined where they could not be read. */
async function statusesSeen(runner, api, sha, job) {
    if (job.run === '')
        return [];
    const read = await api.statuses(sha, () => true);
    if ('value' in read)
        return read.value;
    runner.info(`${read.failure.message} The result is published without a look for newer runs.`);
    return undefined;
}
function tellStanding(runner, { context, is }) {
    if (is === 'free')
        return;
    const done = is === 'covered' ? 'put back' : 'left as it is';
    runner.info(`A newer run has published ${quote(context, 255)}: its status is ${done}.`);
}

;// CONCATENATED MODULE: ./lib/publish/lifecycle.js








/** Milliseconds that a stage may take. The runner leaves a cancelled job 5 minutes for all that is still to do. */
const lifecycle_BUDGET = { pre: 20_000, main: 60_000, post: 240_000, postOfCancelled: 60_000 };
/** Opens the status before the job's first step. Whatever goes wrong is a warning: main tries again. */
async function pre(runner) {
    if ((0,mode/* intentOf */.oQ)(runner.env) !== 'follow')
        return;
    const read = readPublish(runner.env, runner.payload);
    if ('problems' in read)
        return runner.warning([...read.problems, 'No status is opened yet; main tries again.'].join('\n'));
    const { outcome, memory } = await open_open(runner, read.values, lifecycle_BUDGET.pre);
    if (outcome.failures.length > 0 && !memory.readOnly) {
        return runner.warning([...outcome.failures.map(({ message }) => message), 'Main tries again.'].join('\n'));
    }
    const ready = {
        fingerprint: (0,mode/* fingerprint */.Rj)(runner.env),
        outputs: formatOutputs(outputsOf(outcome)),
        said: outcome.published.length > 0 && !memory.readOnly
            ? 'Pending since pre; post publishes the result.'
            : SAID_IN_PRE,
    };
    runner.saveState('ready', JSON.stringify(ready));
}
/** Publishes once; or opens the status where pre did not. */
async function main(runner) {
    if ((0,mode/* intentOf */.oQ)(runner.env) === 'off') {
        const isOpen = (0,publish_memory/* recall */.I9)(runner.env) !== undefined;
        runner.info(`Switched off by the input \`enabled\`${isOpen ? '; what pre has opened is settled at the end' : ''}.`);
        return setOutputs(runner, outputsOf());
    }
    const read = readPublish(runner.env, runner.payload);
    if ('problems' in read) {
        setOutputs(runner, outputsOf());
        return runner.fail(read.problems.join('\n'));
    }
    if ((0,publish_memory/* recall */.I9)(runner.env)?.readOnly) {
        runner.info(SAID_IN_PRE);
        return setOutputs(runner, outputsOf());
    }
    const { once, failOnError } = read.values;
    const { outcome, memory } = once
        ? await publishOnce(runner, read.values, once, lifecycle_BUDGET.main)
        : await open_open(runner, read.values, lifecycle_BUDGET.main);
    setOutputs(runner, outputsOf(outcome));
    if (memory.readOnly || outcome.failures.length === 0)
        return;
    (0,publish_memory/* remember */.kY)(runner, { ...memory, failed: outcome.failures[0]?.cause });
    const isLimited = outcome.failures.every(({ cause }) => cause === 'limit');
    if (once || !isLimited)
        return reportFailures(runner, outcome.failures, failOnError);
    // What a rate limit still allows is for the results: no job fails for want of a pending status.
    runner.warning([...outcome.failures.map(({ message }) => message), "Post publishes the job's result."].join('\n'));
}
/** Publishes the job's result for all that pre or main opened, on the remembered commit and contexts. */
async function post(runner) {
    const memory = (0,publish_memory/* recall */.I9)(runner.env);
    if (memory === undefined || memory.readOnly || memory.opened.length === 0)
        return;
    const late = readLate(runner.env);
    for (const problem of late.problems)
        runner.warning(`${problem} The value from before is used.`);
    if (late.contexts.some(({ text }) => !memory.contexts.includes(text))) {
        const kept = memory.opened.flatMap(({ contexts }) => contexts).map((name) => quote(name));
        runner.warning(`The input \`context\` has changed since the status was opened: ${kept.join(', ')} gets the result.`);
    }
    const deadline = Date.now() + (late.word === 'cancelled' ? lifecycle_BUDGET.postOfCancelled : lifecycle_BUDGET.post);
    const failures = [];
    for (const opened of memory.opened)
        failures.push(...(await settle(runner, opened, memory, late, deadline)));
    const author = readOnlyFor(runner, failures);
    if (author !== undefined)
        return reportReadOnly(runner, author);
    const known = failures.filter(({ cause }) => isLasting(cause) && cause === memory.failed);
    for (const { message } of known)
        runner.info(message);
    if (failures.length > known.length) {
        reportFailures(runner, failures.filter((failure) => !known.includes(failure)), memory.failOnError);
    }
}
const SAID_IN_PRE = 'No status is published, as said in pre.';

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(24);
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



/** For the agents alone, which know the proxies. They keep a connection for the next request: post makes two. */
const CLIENTS = {
    http: new lib/* HttpClient */.Qq(undefined, undefined, { keepAlive: true }),
    https: new lib/* HttpClient */.Qq(undefined, undefined, { keepAlive: true }),
};
/** Several times what the fullest page of statuses takes, in bytes and in values. */
const LARGEST_ANSWER = 2_000_000;
const MOST_VALUES = 100_000;
const FIRST_PIECE = 16_384;
const MOST_REDIRECTS = 3;
/**
 * A `fetch` over `node:http(s)`. Against undici's it saves half of a publish's start-up, and it keeps the toolkit's own
 * rules for proxies (`https_proxy`, `no_proxy`). A redirect is followed to the same host only, and never where that would
 * turn a write into a read; otherwise the 3xx itself is the answer.
 * @param milliseconds that the whole of it may take, body included
 * @throws with a `code`, as `node:http` names it, where no whole answer came
 */
async function nodeFetch(url, call, milliseconds) {
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
    if (!followed.includes(status) || location === undefined || !URL.canParse(location, url))
        return undefined;
    const [from, to] = [new URL(url), new URL(location, url)];
    const downgraded = from.protocol === 'https:' && to.protocol !== 'https:';
    return to.host === from.host && /^https?:$/.test(to.protocol) && !downgraded ? to : undefined;
}
function send(url, { method, headers, body }, end) {
    return new Promise((resolve, reject) => {
        const milliseconds = end - Date.now();
        if (milliseconds <= 0)
            return reject(failure('no time is left in this stage', 'ETIMEDOUT'));
        const agent = CLIENTS[url.protocol === 'https:' ? 'https' : 'http'].getAgent(url.href);
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const { request: open } = url.protocol === 'https:' ? (external_node_https_default()) : (external_node_http_default());
        const request = open(url, { method, agent, headers: { ...headers, ...length } });
        // Not left to the event `error`: a request whose tunnel is not there yet is destroyed without one.
        const giveUp = (error) => {
            clearTimeout(timer);
            reject(error);
            request.destroy();
        };
        const timer = setTimeout(() => {
            giveUp(failure(`no answer within ${Math.ceil(milliseconds / 1000)} s`, 'ETIMEDOUT'));
        }, milliseconds);
        request.on('error', giveUp);
        request.on('response', (response) => {
            // Copied into one place: of an answer that comes byte by byte, the pieces take far more than the bytes.
            let bytes = Buffer.alloc(FIRST_PIECE);
            let size = 0;
            response.on('data', (chunk) => {
                if (size + chunk.length > LARGEST_ANSWER) {
                    return giveUp(failure(`an answer of more than ${LARGEST_ANSWER} bytes`, 'EMSGSIZE'));
                }
                while (size + chunk.length > bytes.length)
                    bytes = Buffer.concat([bytes], bytes.length * 2);
                size += chunk.copy(bytes, size);
            });
            response.on('error', giveUp);
            response.on('end', () => {
                const text = bytes.toString('utf8', 0, size);
                if (hasTooMany(text))
                    return giveUp(failure(`an answer of more than ${MOST_VALUES} values`, 'EMSGSIZE'));
                clearTimeout(timer);
                resolve(answerOf(url, response, text));
            });
        });
        request.end(body);
    });
}
function answerOf(url, response, text) {
    const headers = Object.entries(response.headers).map(([name, value]) => [
        name,
        String(value),
    ]);
    return {
        status: response.statusCode ?? 0,
        url: url.href,
        headers: new Map(headers),
        text: async () => text,
        arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    };
}
/** Whether a text, taken for JSON, holds so many values that to parse it takes a hundred times its own memory. */
function hasTooMany(text) {
    let values = 0;
    for (let index = 0; index < text.length && values <= MOST_VALUES; index++) {
        if (',[{'.includes(text.charAt(index)))
            values++;
    }
    return values > MOST_VALUES;
}
function failure(message, code) {
    return Object.assign(new Error(message), { code });
}

;// CONCATENATED MODULE: ./lib/runner/runner.js



/** The GitHub Actions runner, through its toolkit. */
function actionsRunner() {
    return {
        env: process.env,
        payload: readPayload(process.env.GITHUB_EVENT_PATH),
        fetch: nodeFetch,
        info: (text) => core/* info */.pq(harmless(text)),
        warning: (text) => core/* warning */.$e(harmless(text)),
        fail: (text) => core/* setFailed */.C1(harmless(text)),
        mask: core/* setSecret */.Pq,
        setOutput: core/* setOutput */.uH,
        saveState: core/* saveState */.LZ,
        cancelled: () => new Promise((resolve) => {
            for (const signal of ['SIGINT', 'SIGTERM'])
                process.once(signal, () => resolve());
        }),
        summarize: async (markdown) => {
            await core/* summary */.z
                .addRaw(markdown, true)
                .write()
                .catch((error) => core/* debug */.Yz(harmless(String(error))));
        },
    };
}
/**
 * The runner takes a line that starts with `::`, and `##[name]` anywhere in a line, for a workflow command.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function harmless(text) {
    return text
        .split(/[\r\n\u2028\u2029]+/)
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

;// CONCATENATED MODULE: ./lib/sweep.js





const sweep_BUDGET = 240_000;
/** Settles the statuses that the jobs of a run that has ended left pending: their runner was lost. */
async function sweep(runner) {
    const read = readSweep(runner.env, runner.payload, Date.now());
    if ('problems' in read)
        return runner.fail(read.problems.join('\n'));
    const inputs = read.values;
    runner.mask(inputs.token);
    const { swept, failures } = await sweep_settle(runner, inputs);
    runner.setOutput('swept', String(swept.length));
    setJsonOutput(runner, 'contexts', swept);
    if (failures.length > 0)
        runner.fail(failures.map(({ message }) => message).join('\n'));
}
async function sweep_settle(runner, inputs) {
    const { sha, run, conclusion } = inputs;
    const swept = [];
    const failures = [];
    if (conclusion === 'success') {
        runner.info(`Run ${run} succeeded: what it left pending was meant.`);
        return { swept, failures };
    }
    const api = connect(inputs, Date.now() + sweep_BUDGET, runner);
    const read = await api.combined(sha);
    if ('failure' in read)
        return { swept, failures: [read.failure] };
    const lost = read.value.statuses.filter((status) => isLost(status, inputs));
    for (const { context, target_url } of lost) {
        const publication = {
            commit: { sha },
            contexts: [context],
            state: conclusion === 'failure' ? 'failure' : 'error',
            description: `The job never reported; its run ended: ${conclusion}`,
            targetUrl: target_url,
        };
        const outcome = await publish(api, publication, runner.info);
        failures.push(...outcome.failures);
        if (outcome.failures.length === 0)
            swept.push(context);
        if (outcome.failures.some(isHopeless))
            break;
    }
    runner.info(`${swept.length} of ${lost.length} statuses that run ${run} left pending are settled.`);
    return { swept, failures };
}
/** Whether a status waits for a job of the run, in an attempt that has ended: a later one is for a re-run to settle. */
function isLost({ state, target_url, created_at }, { run, endedAt, places }) {
    const isOfRun = places.some((place) => parseLink(target_url, place)?.run === BigInt(run));
    return state === 'pending' && isOfRun && Date.parse(created_at) <= endedAt;
}

;// CONCATENATED MODULE: ./lib/stages.js






/** Every stage but the part of main that needs nothing of this: `index.ts` loads this file when there is work to do. */
const STAGES = {
    pre: pre,
    main: main,
    post: post,
    combined: combined,
    list: list,
    sweep: sweep,
};
/** Runs a stage. What nobody foresaw ends here, in one line; in pre it is a warning, since main tries again. */
async function run(stage) {
    const runner = actionsRunner();
    if ((0,mode/* raw */.lS)(runner.env, 'token') === '')
        runner.info("The input `token` is empty: the job's own token is used.");
    try {
        await STAGES[stage](runner);
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const text = `commit-status met an error that it does not know; please report it: ${reason}`;
        if (stage === 'pre')
            runner.warning(text);
        else
            runner.fail(text);
    }
    // A connection that was given up, in a proxy's tunnel for one, must not keep the job waiting.
    setTimeout(() => process.exit(), 500).unref();
}


/***/ }),

/***/ 345:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _y: () => (/* binding */ restEndpointMethods),
/* harmony export */   hd: () => (/* binding */ fetch),
/* harmony export */   kT: () => (/* binding */ ProxyAgent),
/* harmony export */   ud: () => (/* binding */ paginateRest)
/* harmony export */ });
/* unused harmony export getExecOutput */
/**
 * Stands in for packages that the dependencies load but that nothing here reaches (see `paths` in tsconfig.json, which
 * the bundler follows): `undici` (every request goes through `transport.ts`; saves 1 MB and 40 ms a stage),
 * `@actions/exec` (for `platform` in core; saves 45 kB), and Octokit's plugins for named methods and paging (routes are
 * written out here; saves 120 kB). A name that a package's update newly asks for fails the build.
 */
class ProxyAgent {
}
function fetch() {
    throw new Error('undici is not part of this bundle');
}
function getExecOutput() {
    throw new Error('@actions/exec is not part of this bundle');
}
const restEndpointMethods = () => ({});
const paginateRest = () => ({});


/***/ })

};
;