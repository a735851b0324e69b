import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { changed } from './live.js';

/** Another number whenever something has changed in a mailbox. */
export function useChangesOf(mailbox: string): number {
  const [changes, setChanges] = useState(0);
  const current = useRef(mailbox);
  useEffect(() => {
    current.current = mailbox;
  }, [mailbox]);
  useSignalEffect(() => {
    if (changed.value.has(current.current)) setChanges((before) => before + 1);
  });
  return changes;
}
