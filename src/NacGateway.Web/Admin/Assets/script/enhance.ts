// Parts of the page that need the script when they come into the document: at first, and after a region was replaced.

const steps: ((root: ParentNode) => void)[] = [];

export const onEnhance = (step: (root: ParentNode) => void): number => steps.push(step);

export function enhance(root: ParentNode): void {
  for (const step of steps) step(root);
}
