import type { Catalogue } from '../translate.ts';

export const guest: Catalogue = {};
