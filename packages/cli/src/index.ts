export { type AppointedConfig, defineConfig, type Lazily } from './config/define-config.js';
export { secret } from './config/secret.js';
export { setting } from './config/setting.js';
export { COMMAND_ERROR_CODES, CommandError, type CommandErrorCode } from './command-error.js';
export { EXIT, type ExitCode } from './exit-code.js';
export { DOCTOR_CODES, type DoctorCode } from './output/doctor-codes.js';
export { RECORD_TYPES, type RecordType } from './output/record-types.js';
