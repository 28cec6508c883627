/** Style sheets are imported for their effect: esbuild joins them into `main.css`. */
declare module '*.css';
