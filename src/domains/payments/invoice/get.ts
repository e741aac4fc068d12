import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { get } from './contract.ts';
import { findInvoice } from './invoice.reads.ts';
import { canSeeInvoice } from './policy.ts';
import { presentInvoices, type Showing } from './present.ts';

/** One invoice; for those who have nothing to do with it there is none. */
export const getInvoice = (showing: Showing) =>
  handle(get, {
    load: ({ invoiceId }) => findInvoice(showing.database, invoiceId),
    sees: canSeeInvoice,
    allow: anyone,
    run: async (_input, invoice) => {
      const [view] = await presentInvoices(showing, [invoice]);
      if (view === undefined) throw new AppError('NOT_FOUND', 'There is no such invoice.');
      return view;
    },
  });
