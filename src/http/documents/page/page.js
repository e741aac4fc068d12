// Two tabs, one viewer each. A viewer is loaded when its tab is first opened: the live one is 3 MB.

const load = (source) =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${source} could not be loaded`));
    document.head.append(script);
  });

const showHttp = async (panel) => {
  await load('/docs/swagger-ui-bundle.js');
  window.SwaggerUIBundle({
    url: '/openapi.json',
    domNode: panel,
    deepLinking: false,
    // Topics closed: with 150 lines open or more the viewer draws only those on the screen, and nothing can be found.
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
    // Else the viewer asks a public validator about documents that are not served from localhost.
    validatorUrl: null,
  });
};

const showLive = async (panel) => {
  await load('/docs/asyncapi.js');
  const schema = await (await fetch('/asyncapi.json')).text();
  const config = { show: { messages: false, schemas: false }, sidebar: { showOperations: 'byOperationsTags' } };
  window.AsyncApiStandalone.render({ schema, config }, panel);
};

const viewers = { http: showHttp, live: showLive };
const opened = new Set();

const open = async (name) => {
  for (const each of Object.keys(viewers)) {
    document.getElementById(each).hidden = each !== name;
    document.getElementById(`${each}-tab`).setAttribute('aria-selected', String(each === name));
  }
  if (opened.has(name)) return;
  opened.add(name);
  const panel = document.getElementById(name);
  try {
    await viewers[name](panel);
  } catch (error) {
    panel.className = 'failure';
    panel.textContent = error.message;
  }
};

const wanted = () => (location.hash === '#live' ? 'live' : 'http');

for (const name of Object.keys(viewers)) {
  document.getElementById(`${name}-tab`).addEventListener('click', () => {
    location.hash = name;
  });
}
window.addEventListener('hashchange', () => void open(wanted()));
void open(wanted());
