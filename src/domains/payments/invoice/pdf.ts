import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { createLane } from '../../../platform/lane.ts';
import { pdf } from './contract.ts';
import { findInvoice } from './invoice.reads.ts';
import { drawInvoice } from './pdf/draw-invoice.ts';
import { canSeeInvoice } from './policy.ts';
import { presentInvoices, type Showing } from './present.ts';

/** To draw one holds the node for some tens of milliseconds, a Chinese one for some hundreds: one at a time. */
const { take: inTurn } = createLane({ atOnce: 1, waiting: 8 });

/** An invoice as a PDF, to print or to keep. */
export const drawInvoicePdf = (showing: Showing) =>
  handle(pdf, {
    load: ({ invoiceId }) => findInvoice(showing.database, invoiceId),
    sees: canSeeInvoice,
    allow: anyone,
    run: async (_input, invoice) => {
      const [view] = await presentInvoices(showing, [invoice]);
      if (view === undefined) throw new AppError('NOT_FOUND', 'There is no such invoice.');
      const bytes = await inTurn(() => drawInvoice(view));
      return { filename: `${view.number}.pdf`, base64: bytes.toString('base64') };
    },
  });
