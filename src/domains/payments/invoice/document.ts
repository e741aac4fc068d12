import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { document } from './contract.ts';
import { findInvoice } from './invoice.reads.ts';
import { canSeeInvoice } from './policy.ts';
import { presentInvoices, type Showing } from './present.ts';
import { renderInvoice } from './render.rules.ts';

/** An invoice to print or to keep. */
export const printInvoice = (showing: Showing) =>
  handle(document, {
    load: ({ invoiceId }) => findInvoice(showing.database, invoiceId),
    sees: canSeeInvoice,
    allow: anyone,
    run: async (_input, invoice) => {
      const [view] = await presentInvoices(showing, [invoice]);
      if (view === undefined) throw new AppError('NOT_FOUND', 'There is no such invoice.');
      return { filename: `${view.number}.txt`, text: renderInvoice(view) };
    },
  });
