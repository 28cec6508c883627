import type { NotificationPolicy } from '../settingDefinitions';
import type { News } from './attention';

export interface NotifierOptions {
  readonly policy: () => NotificationPolicy;
  /** True while the person is in the window. */
  readonly isPresent: () => boolean;
  /** True where the person sees the thread, if they look at the window. */
  readonly isInSight: (threadId: string) => boolean;
  /** Shows a notification; resolves when it is closed, true where the person wants to see the thread. */
  readonly show: (news: News) => Promise<boolean>;
  readonly open: (threadId: string) => Promise<void>;
}

/**
 * Tells a person who is elsewhere, with one notification at a time: what came after it they find when they are back,
 * unless it cannot go on without them and the notification before was about something that can.
 */
export class Notifier {
  private open: News | undefined;

  constructor(private readonly options: NotifierOptions) {}

  async tell(news: News): Promise<void> {
    if (!this.isWanted(news) || !this.isNext(news)) return;
    this.open = news;
    const wanted = await this.options.show(news);
    if (this.open === news) this.open = undefined;
    if (wanted) await this.options.open(news.threadId);
  }

  /** The person is back: what was told before is old. */
  personCame(): void {
    this.open = undefined;
  }

  private isWanted({ threadId }: News): boolean {
    const { policy, isPresent, isInSight } = this.options;
    if (policy() === 'never') return false;
    if (!isPresent()) return true;
    return policy() === 'always' && !isInSight(threadId);
  }

  private isNext(news: News): boolean {
    if (!this.open) return true;
    return isBlocking(news) && !isBlocking(this.open);
  }
}

function isBlocking({ kind }: News): boolean {
  return kind === 'approval' || kind === 'question';
}
