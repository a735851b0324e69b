export { calendarFolderTransport, type CalendarFolderTransportOptions } from './transport.js';
