import { client } from '../../client.ts';
import { locale } from '../../words.ts';

/** Whether this browser can be told things while nothing is open. */
export const canBePushed = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window;

/** base64url as bytes, for browsers that do not take the text. */
const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/**
 * Asks for permission and has this browser told things from now on.
 * @returns whether it is; false when the person, or the browser, does not allow it
 * @throws RallyError
 */
export const startPush = async (applicationServerKey: string): Promise<boolean> => {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(applicationServerKey) })
    .catch(() => null);
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  if (!endpoint || !keys?.p256dh || !keys.auth) return false;
  await client.call('device.register', {
    platform: 'WEB',
    provider: 'WEB_PUSH',
    subscription: { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } },
    locale: locale(),
  });
  return true;
};

/** Ends what `startPush` began in this browser; what the server knows of it is taken back by `device.unregister`. */
export const endPush = async (): Promise<void> => {
  const registration = await navigator.serviceWorker.getRegistration('/app');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
};

/** Shows on this device how news looks. */
export const showExample = async (title: string, body: string): Promise<void> => {
  const registration = await navigator.serviceWorker.ready;
  await registration.showNotification(title, { body, icon: '/icon.svg', tag: 'example', data: { id: '' } });
};
