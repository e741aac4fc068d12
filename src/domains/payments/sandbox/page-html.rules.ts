import type { SandboxPayment } from './document.rules.ts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh;
    background: #f4f4f6; color: #1b1b20 }
  main { background: #fff; padding: 2rem; border-radius: 12px; width: min(24rem, 90vw); box-shadow: 0 1px 8px #0002 }
  h1 { font-size: 1rem; margin: 0; color: #666 } output { font-size: 2rem; font-weight: 600; display: block }
  button { font: inherit; padding: .7rem 1.2rem; border: 0; border-radius: 8px; margin: 1rem .5rem 0 0; cursor: pointer }
  .approve { background: #12683a; color: #fff } .decline { background: #e5e5ea }`;

/** Posts what the payer decides, and says how it ended. It reads everything it needs from the page itself. */
const SCRIPT = `
  for (const button of document.querySelectorAll('button')) {
    button.onclick = async () => {
      const answer = await fetch(location.pathname + '/' + button.value, { method: 'POST' });
      const body = await answer.json();
      document.querySelector('.said').textContent = answer.ok ? 'This payment is ' + body.status.toLowerCase() + '.' : body.detail;
      if (!answer.ok) return;
      for (const each of document.querySelectorAll('button')) each.remove();
      const back = document.querySelector('a');
      if (back && body.status === 'CAPTURED') location.assign(back.href);
    };
  }`;

/**
 * A page without anything from elsewhere. Who has paid goes back by itself; who declined is shown the way.
 * @param returnUrl where the payer came from; null when nobody said
 */
export const pageHtml = (
  { ref, amountMinor, currency, status }: SandboxPayment,
  returnUrl: string | null = null,
): string => {
  const isOpen = status === 'OPEN' || status === 'DECLINED';
  const buttons = isOpen
    ? `<button class="approve" value="approve">Approve</button><button class="decline" value="decline">Decline</button>`
    : '';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sandbox payment</title>
<style>${STYLE}</style>
<main>
  <h1>Sandbox: no real money is taken</h1>
  <output>${escaped(shown(amountMinor, currency))}</output>
  <code>${escaped(ref)}</code>
  <p class="said" role="status">${isOpen ? 'What do you decide?' : `This payment is ${escaped(status.toLowerCase())}.`}</p>
  ${buttons}
  ${returnUrl === null ? '' : `<p class="back"><a href="${escaped(returnUrl)}">Go back</a></p>`}
</main>
<script>${SCRIPT}</script>
</html>`;
};

/** The currency's own digits, as Intl knows them. */
const shown = (amountMinor: number, currency: string): string => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits);
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
