export { parseFileCommand } from './file-commands.ts'
export { type Annotation, readOutput } from './output.ts'
export { type Command, parseCommand } from './workflow-commands.ts'
