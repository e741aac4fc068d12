import type { Hono } from 'hono';
import type { AppEnv } from './app-env.ts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh;
    background: #f4f4f6; color: #1b1b20 }
  main { background: #fff; padding: 2rem; border-radius: 12px; width: min(24rem, 90vw); box-shadow: 0 1px 8px #0002 }
  h1 { font-size: 1.25rem; margin: 0 }
  button { font: inherit; padding: .7rem 1.2rem; border: 0; border-radius: 8px; cursor: pointer; background: #12683a;
    color: #fff }`;

/**
 * Posts the token when the button is pressed. It stands behind the # of the address, which browsers keep to themselves: no
 * log has it, and a mail scanner that fetches the link uses nothing up.
 */
const SCRIPT = `
  const [said, button] = [document.querySelector('p'), document.querySelector('button')];
  button.onclick = async () => {
    button.disabled = true;
    try {
      const body = JSON.stringify({ token: location.hash.slice(1) });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/v1/verifications/confirm', { method: 'POST', headers, body });
      said.textContent = answer.ok ? 'Thank you, your address is confirmed.' : (await answer.json()).detail;
      if (answer.ok || answer.status === 400) return button.remove();
    } catch {
      said.textContent = 'The server did not answer; try again.';
    }
    button.disabled = false;
  };`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Confirm your address</title>
<style>${STYLE}</style>
<main>
  <h1>Confirm your address</h1>
  <p role="status">Press the button if you signed up with this address.</p>
  <button type="button">Confirm</button>
  <noscript>This page needs JavaScript; the code in the same mail does not.</noscript>
</main>
<script>${SCRIPT}</script>
</html>`;

/** The page needs its own style and script, and to call back; nothing else, from nowhere else. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";

/** The page that the link of a verification's mail opens. To fetch it changes nothing. */
export const serveVerificationPage = (app: Hono<AppEnv>): void => {
  app.get('/verify-email', (c) =>
    c.html(PAGE, 200, { 'content-security-policy': POLICY, 'cache-control': 'no-store' }),
  );
};
