import type { Attachment, UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';

type Content = { type: 'input_text'; text: string } | ImageContent;
type ImageContent = { type: 'input_image'; image_url: string; detail: 'auto' };

/** A person's input as the model sees it: what is attached first, then the text. */
export function userMessage(input: UserInput): ModelItem {
  const content: Content[] = input.attachments.map(attachmentContent);
  content.push({ type: 'input_text', text: input.text });
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
