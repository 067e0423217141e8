import type { BrowserContext, ConsoleMessage, Request, Response } from 'playwright-core';

/** A browser window under watch: `troubles` grows while pages are visited. */
export interface Watch {
  readonly troubles: readonly string[];
}

const isLoopback = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'data:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
};

/** Pages of ours answer 403, 422 and 429 on purpose, and the console says so. */
const isAnswerOfPage = (message: ConsoleMessage): boolean =>
  message.text().startsWith('Failed to load resource') &&
  message.location().url === (message.page()?.url() ?? '');

const isLoud = (message: ConsoleMessage): boolean => ['error', 'warning', 'assert'].includes(message.type());

const isPart = (response: Response): boolean => !response.request().isNavigationRequest();

/**
 * Takes down errors and warnings of the console, among them breaches of a content security policy; requests
 * beyond loopback; parts of a page that are missing.
 */
export function watch(context: BrowserContext): Watch {
  const troubles: string[] = [];
  context.on('console', (message) => {
    if (isLoud(message) && !isAnswerOfPage(message)) troubles.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => troubles.push(`script: ${error.error().message}`));
  context.on('request', (request: Request) => {
    if (!isLoopback(request.url())) troubles.push(`request to ${request.url()}`);
  });
  context.on('response', (response) => {
    if (isPart(response) && response.status() >= 400)
      troubles.push(`${response.status()} for ${response.url()}`);
  });
  return { troubles };
}
