import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface Properties {
  readonly title: string;
  /** `side` for what belongs to the page behind it, `middle` for a question. */
  readonly place: 'side' | 'middle';
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** What opens above the page. The browser keeps the focus in it, closes it by Esc, and gives the focus back. */
export function Sheet({ title, place, onClose, children }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const onCancel = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  const onBackdrop = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    <dialog ref={dialog} class={`sheet is-${place}`} aria-labelledby={id} onCancel={onCancel} onClick={onBackdrop}>
      <div class="sheet-content">
        <div class="sheet-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="button" onClick={onClose}>
            Close
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
