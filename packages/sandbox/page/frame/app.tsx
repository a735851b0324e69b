import { useEffect } from 'preact/hooks';
import { CalendarSection } from '../calendar/calendar-section.js';
import { FaultsSection } from '../faults/faults-section.js';
import { ItemSheet } from '../item/item-sheet.js';
import { MailsSection } from '../mails/mails-section.js';
import { RequestSheet } from '../requests/request-sheet.js';
import { RequestsSection } from '../requests/requests-section.js';
import { route } from '../state/route.js';
import { announcement } from './announcement.js';
import { Header } from './header.js';
import { HelpSheet } from './help-sheet.js';
import { ResetSheet } from './reset-sheet.js';
import { SECTION_NAMES } from './sections.js';

const SECTIONS = {
  calendar: CalendarSection,
  requests: RequestsSection,
  faults: FaultsSection,
  mails: MailsSection,
} as const;

/** The whole page: the head, one section, and what is open above it. */
export function App() {
  const { show, mailbox, item, request } = route.value;
  const Section = SECTIONS[show];
  const about = show === 'calendar' && mailbox !== '' ? mailbox : SECTION_NAMES[show];
  useEffect(() => {
    document.title = `${about} – Exchange sandbox`;
  }, [about]);
  return (
    <>
      <Header />
      <Section />
      {item !== '' && <ItemSheet key={item} mailbox={mailbox} id={item} />}
      {request !== '' && <RequestSheet key={`request ${request}`} number={request} />}
      <HelpSheet />
      <ResetSheet />
      <div class="unseen" role="status">
        {announcement.value}
      </div>
    </>
  );
}
