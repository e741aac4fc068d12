/** The part of a build's output that service workers need to know. */
export interface BuiltFile {
  type: 'chunk' | 'asset';
  imports?: string[];
  dynamicImports?: string[];
  isEntry?: boolean;
  name?: string;
  facadeModuleId?: string | null;
  viteMetadata?: { importedCss: Set<string> };
}

export type Built = Readonly<Record<string, BuiltFile>>;

/** The file of a page's script; undefined in a build without it. */
export const entryOf = (built: Built, name: string): string | undefined =>
  Object.keys(built).find((file) => built[file]?.isEntry && built[file]?.name === name);

/** A file with everything that it needs. @param follows whether a part that is loaded when it is asked for belongs to it */
export const filesFrom = (built: Built, entry: string, follows: (part: BuiltFile) => boolean): Set<string> => {
  const files = new Set<string>();
  const add = (file: string): void => {
    // A part that held nothing but styles is taken out of the build once its sheet stands by itself.
    if (files.has(file) || !built[file]) return;
    files.add(file);
    const { imports = [], dynamicImports = [], viteMetadata } = built[file];
    const followed = dynamicImports.filter((part) => follows(built[part] ?? { type: 'asset' }));
    for (const each of [...imports, ...followed, ...(viteMetadata?.importedCss ?? [])]) add(each);
  };
  add(entry);
  return files;
};

/** The addresses of files in a fixed order, so that they name a build. */
export const addressesOf = (files: ReadonlySet<string>): string[] => [...files].sort().map((file) => `/${file}`);
