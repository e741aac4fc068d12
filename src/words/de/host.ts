import type { Catalogue } from '../translate.ts';
import { hostEvent } from './host-event.ts';
import { hostMoney } from './host-money.ts';
import { hostSales } from './host-sales.ts';

/** The host's pages. */
export const host: Catalogue = { ...hostEvent, ...hostSales, ...hostMoney };
