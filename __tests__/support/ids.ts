export const REPOSITORY = 'octo-org/octo-repo'
export const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'
/** GITHUB_SHA, unless a test says otherwise. */
export const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
/** Another commit of the repository, such as the head of a pull request. */
export const HEAD = 'a'.repeat(40)
export const RUN = 1_658_821_493
export const JOB = 51_725_241_954
export const RUN_LINK = `https://github.com/${REPOSITORY}/actions/runs/${RUN}`
export const JOB_LINK = `${RUN_LINK}/job/${JOB}`

/** The two requests of a status on GITHUB_SHA, as `requests()` shows them. */
export const WRITE = `POST /repos/${REPOSITORY}/statuses/${SHA}`
export const LOOK = `GET /repos/${REPOSITORY}/commits/${SHA}/statuses`
