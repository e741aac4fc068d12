import type { Catalogue } from '../translate.ts';

export const chat: Catalogue = {};
