import type { Catalogue } from '../translate.ts';
import { chat } from './chat.ts';
import { desk } from './desk.ts';
import { guest } from './guest.ts';
import { host } from './host.ts';
import { shell } from './shell.ts';
import { stage } from './stage.ts';

/** Everything the app says, in German. */
export const german: Catalogue = { ...shell, ...guest, ...host, ...chat, ...stage, ...desk };
