import '../guest.css';
import { useState } from 'preact/hooks';
import type { Input, Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { attempt } from '../../state/notice.ts';
import { useOperation } from '../../state/use-operation.ts';
import { usePages } from '../../state/use-pages.ts';
import { More } from '../../ui/more.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { t } from '../../words.ts';
import { moneyOf } from '../amounts.tsx';
import { saveFile } from '../save-file.ts';

/** Credit that one has, and what one was billed, the latest first. */
export const InvoicesPage = () => (
  <Page title={t('Invoices and credit')}>
    <Credit />
    <Invoices />
  </Page>
);

const Credit = () => {
  const loaded = useOperation('wallet.get', {});
  const wallets = (loaded.data?.wallets ?? []).filter(({ balance }) => balance.amountMinor > 0);
  if (wallets.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('Your credit')}</h2>
      <ul class="rows">
        {wallets.map(({ id, spendable, held }) => (
          <li key={id}>
            <b class="num">{moneyOf(spendable)}</b>{' '}
            {held.amountMinor > 0 && <small>{t('{amount} more are set aside', { amount: moneyOf(held) })}</small>}
          </li>
        ))}
      </ul>
      <p>
        <small>{t('Choose it when you pay for a booking.')}</small>
      </p>
    </section>
  );
};

const Invoices = () => {
  const pages = usePages('invoice.list', { limit: 20 });
  return (
    <section class="card">
      <h2>{t('Invoices')}</h2>
      <Outcome of={pages}>
        {(invoices) =>
          invoices.length === 0 ? (
            <p>{t('None yet. One comes with everything you pay for.')}</p>
          ) : (
            <ul class="rows">
              {invoices.map((invoice) => (
                <InvoiceLine key={invoice.id} invoice={invoice} />
              ))}
            </ul>
          )
        }
      </Outcome>
      <More of={pages} />
    </section>
  );
};

type Invoice = Output<'invoice.list'>['items'][number];

const InvoiceLine = ({ invoice: { id, number, kind, total, seller, supply, issuedAt } }: { invoice: Invoice }) => {
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    await attempt(keep({ invoiceId: id }));
    setBusy(false);
  };
  return (
    <li class="line spread">
      <span>
        <b>{supply?.title ?? seller.name}</b> <span class="num">{moneyOf(total)}</span>
        <small class="block">
          {kind === 'CREDIT_NOTE' ? t('Credit note {number}', { number }) : t('Invoice {number}', { number })}
          {issuedAt && ` · ${dateTime(issuedAt)}`}
        </small>
      </span>
      <button type="button" class="quiet" disabled={busy} onClick={() => void save()}>
        {busy ? t('One moment…') : t('Download')}
      </button>
    </li>
  );
};

const keep = async (input: Input<'invoice.pdf'>): Promise<void> => {
  const { filename, base64 } = await client.call('invoice.pdf', input);
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  saveFile(filename, [bytes], 'application/pdf');
};
