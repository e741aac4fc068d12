import type { Hono } from 'hono';
import { AppError, wireError } from '../kernel/errors.ts';
import { execute } from '../kernel/execute.ts';
import type { Handler } from '../kernel/handler.ts';
import type { AppContext, AppEnv } from './app-env.ts';
import { authenticate } from './authenticate.ts';
import { callOf, type ExposeParts } from './expose.ts';
import { problemResponse } from './problem.ts';
import { bytesOf } from './read-bytes.ts';
import { readText } from './read-json.ts';

/**
 * Routes whose request or answer is no JSON object. Webhooks: signatures are over bytes, so that the body is handed to
 * the operation as it came, with the headers. Uploads: a file. The sandbox's page: HTML. Invoices: PDF.
 */
export const exposeRaw = (app: Hono<AppEnv>, handlers: Handler[], parts: ExposeParts): void => {
  const named = (name: string) => handlers.find(({ contract }) => contract.name === name);
  const receive = named('webhook.receive');
  if (receive) app.post('/v1/webhooks/:provider', (c) => takeWebhook(c, receive, parts));
  for (const handler of handlers) exposeFile(app, handler, parts);
  const page = named('sandbox.page');
  if (page) app.get('/v1/sandbox/payments/:ref', (c) => showPage(c, page, parts));
  const pdf = named('invoice.pdf');
  if (pdf) app.get('/v1/invoices/:invoiceId/pdf', (c) => givePdf(c, pdf, parts));
};

const takeWebhook = async (c: AppContext, receive: Handler, { platform, runtime }: ExposeParts): Promise<Response> => {
  // A provider's own idempotency is its message id; an Idempotency-Key is not meant for us.
  const call = callOf(c, platform);
  try {
    const body = await readText(c.req.raw);
    const input = { provider: c.req.param('provider'), headers: c.req.header(), body };
    const answer = await execute(runtime, receive, input, call);
    return answer.ok ? c.json(answer.data ?? null, 200) : problemResponse(answer.error);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return problemResponse(wireError(error));
  }
};

const exposeFile = (app: Hono<AppEnv>, handler: Handler, parts: ExposeParts): void => {
  const { file } = handler.contract;
  if (!file) return;
  const [method = '', path = ''] = file.http.split(' ');
  app.on(method, path.replaceAll(/{(\w+)}/g, ':$1'), (c) => takeFile(c, { handler, field: file.field }, parts));
};

/** The bytes are read only once the operation knows how many there may be. */
const takeFile = async (
  c: AppContext,
  { handler, field }: { handler: Handler; field: string },
  { platform, runtime }: ExposeParts,
): Promise<Response> => {
  // Without an idempotency key: the file's own id makes repeats one; a stored answer would have to be compared by its bytes.
  const call = callOf(c, platform);
  try {
    const actor = await authenticate(platform, handler.contract, c.req.header('authorization'));
    const input = { ...c.req.param(), [field]: bytesOf(c.req.raw) };
    const answer = await execute(runtime, handler, input, { ...call, actor });
    return answer.ok ? c.json(answer.data ?? null, 200) : problemResponse(answer.error);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return problemResponse(wireError(error));
  }
};

/** The page needs its own style and script, and to call back; nothing else, from nowhere else. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";

const showPage = async (c: AppContext, page: Handler, { platform, runtime }: ExposeParts): Promise<Response> => {
  const answer = await execute(runtime, page, { ref: c.req.param('ref') }, callOf(c, platform));
  if (!answer.ok) return problemResponse(answer.error);
  // Safe: checked by the contract.
  const { html } = answer.data as { html: string };
  return c.html(html, 200, { 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-store' });
};

const givePdf = async (c: AppContext, pdf: Handler, { platform, runtime }: ExposeParts): Promise<Response> => {
  const call = callOf(c, platform);
  try {
    const actor = await authenticate(platform, pdf.contract, c.req.header('authorization'));
    const answer = await execute(runtime, pdf, { invoiceId: c.req.param('invoiceId') }, { ...call, actor });
    if (!answer.ok) return problemResponse(answer.error);
    // Safe: checked by the contract.
    const { filename, base64 } = answer.data as { filename: string; base64: string };
    return c.body(new Uint8Array(Buffer.from(base64, 'base64')), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${filename}"`,
      'cache-control': 'no-store',
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return problemResponse(wireError(error));
  }
};
