// The one place where text becomes markup: what the gateway's own pages answered. A Trusted Types policy makes it the only one that can.

interface Policy {
  createHTML(text: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string }): Policy };
  }
}

const policy: Policy = window.trustedTypes?.createPolicy('desk', { createHTML: text => text }) ?? { createHTML: text => text };

/** A page or a region of one. Scripts in a document that was parsed this way never run. */
export const parse = (text: string): Document => new DOMParser().parseFromString(policy.createHTML(text), 'text/html');
