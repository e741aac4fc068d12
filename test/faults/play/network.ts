import { type TcpProxy, tcpProxy } from '../../support/tcp-proxy.ts';
import { linkName } from '../plan/shape.ts';

/** A proxy between every pair, each by the name of its link. */
export interface Network {
  /** The address by which one finds another, through a link of their own. */
  through: (from: string, to: string, url: string) => Promise<string>;
  /** @throws Error when nobody has used it yet */
  link: (name: string) => TcpProxy;
  close: () => Promise<void>;
}

export const createNetwork = (): Network => {
  const links = new Map<string, TcpProxy>();
  return {
    through: async (from, to, url) => {
      const name = linkName(from, to);
      // A worker that joins anew has another server to reach than the one of its name had.
      await links.get(name)?.stop();
      const link = await tcpProxy(url);
      links.set(name, link);
      return link.url;
    },
    link: (name) => {
      const link = links.get(name);
      if (link === undefined) throw new Error(`there is no link ${name}`);
      return link;
    },
    close: async () => {
      await Promise.all([...links.values()].map((link) => link.stop()));
    },
  };
};
