import { html, type Markup } from './markup.ts';
import { STYLE } from './style.ts';

/** Nothing is fetched and nothing runs, whatever slipped into the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** A whole HTML file that needs nothing beside it. */
export const page = (title: string, body: Markup): string =>
  html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.markup;
