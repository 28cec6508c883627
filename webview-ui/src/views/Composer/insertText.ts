/**
 * Puts text where another stood, as if the person had typed it: the textbox's own undo takes it back. The browser has
 * no other way to do that.
 */
export function insertText(
  textbox: HTMLTextAreaElement,
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  textbox.focus();
  textbox.setSelectionRange(start, end);
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}
