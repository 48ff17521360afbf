/** Loaded into each stage before the action: sets its clock to the demo's time. */
import { mock } from 'node:test'

mock.timers.enable({ apis: ['Date'], now: Number(process.env.DEMO_NOW) })
