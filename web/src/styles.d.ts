// The build gathers style sheets from the modules that name them.
declare module '*.css';
