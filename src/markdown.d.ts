/** Prompts are Markdown files beside the code that uses them; the bundler inlines them as text. */
declare module '*.md' {
  const text: string;
  export default text;
}
