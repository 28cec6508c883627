import type { Attachment, UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';
import { commentsText } from './commentMessage';

type Content = { type: 'input_text'; text: string } | ImageContent;
type ImageContent = { type: 'input_image'; image_url: string; detail: 'auto' };

/** A person's input as the model sees it: comments on code first, then what is attached, then the text. */
export function userMessage({ text, attachments, comments = [] }: UserInput): ModelItem {
  const content: Content[] = [];
  if (comments.length > 0) content.push({ type: 'input_text', text: commentsText(comments) });
  content.push(...attachments.map(attachmentContent));
  // Comments may be all they said.
  if (text !== '' || content.length === 0) content.push({ type: 'input_text', text });
  return { type: 'message', role: 'user', content };
}

function attachmentContent(attachment: Attachment): Content {
  switch (attachment.kind) {
    case 'selection': {
      const { path, startLine, endLine, text } = attachment;
      return {
        type: 'input_text',
        text: `Attached: ${path}, lines ${startLine} to ${endLine}, as they were when sent:\n${fenced(text)}`,
      };
    }
    case 'file':
      return {
        type: 'input_text',
        text: `Attached: the file ${attachment.path} (read it yourself).`,
      };
    case 'image':
      return { type: 'input_image', image_url: attachment.dataUrl, detail: 'auto' };
  }
}

/** The fence is longer than any run of backticks in the text, so the text cannot end it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
