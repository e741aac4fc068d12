/** Vite gives the address of a file that is imported so. */
declare module '*?url' {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: this is how Vite gives it
  export default address;
}
