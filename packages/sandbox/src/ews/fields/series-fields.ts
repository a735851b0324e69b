import type { Field } from './field.js';

export const seriesFields: readonly Field[] = [];
