// What a person does in Thunderbird, done in its main window: find a letter in the inbox, read it, answer it, send.
// tests/servers/thunderbird.py runs this through Marionette, in the chrome context, and calls one of `hands`.

const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const account = () => MailServices.accounts.getAccount("account1");
const tabs = document.getElementById("tabmail");
const pause = () => new Promise(go => setTimeout(go, 50));

async function until(what, seen, seconds = 40) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = seen();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`Thunderbird: ${what} did not come`);
    }
    await pause();
  }
}

async function inbox() {
  const server = account().incomingServer;
  server.performExpand(msgWindow);
  return until("the inbox", () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
}

const texts = (root, selector) => [...root.querySelectorAll(selector)].map(node => node.textContent);

const hands = {
  // The password, in Thunderbird's own store, so that it asks nobody.
  async remember(login, password) {
    for (const place of ["imap://127.0.0.1", "smtp://127.0.0.1"]) {
      const kept = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
      kept.init(place, null, place, login, password, "", "");
      await Services.logins.addLoginAsync(kept);
    }
  },

  // Opens the letter with this Message-ID; gives what stands on the screen then.
  async read(messageId) {
    const folder = await inbox();
    let asked = 0;
    const letter = await until(`the letter ${messageId}`, () => {
      if (Date.now() - asked > 1000) {
        asked = Date.now();
        folder.getNewMessages(msgWindow, null);
      }
      return [...folder.messages].find(header => header.messageId == messageId);
    });
    const pane = tabs.currentAbout3Pane;
    pane.displayFolder(folder);
    const row = await until("its row", () => {
      const index = pane.gDBView?.findIndexOfMsgHdr(letter, true) ?? -1;
      return index < 0 || index == 0xffffffff ? 0 : index + 1;
    });
    pane.threadTree.selectedIndex = row - 1;
    const shown = await until("its page", () => {
      const about = tabs.currentAboutMessage;
      return about?.msgLoaded && about.gMessage?.messageId == messageId ? about : null;
    });
    const head = shown.document;
    const body = await until("its words", () => shown.getMessagePaneBrowser().contentDocument?.body);
    await until("its head", () => head.querySelector("#expandedfromBox .recipient-single-line")?.textContent);
    const words = body.cloneNode(true);
    words.querySelectorAll(".moz-txt-sig").forEach(node => node.remove());
    return {
      subject: head.querySelector("#expandedsubjectBox .header-value, #expandedsubjectBox")
        .textContent.replace(/^Subject:?\s*/, ""),
      sender: head.querySelector("#expandedfromBox .recipient-single-line").textContent,
      to: texts(head, "#expandedtoBox .header-recipient"),
      cc: texts(head, "#expandedccBox .header-recipient"),
      text: texts(words, ".moz-text-plain, .moz-text-flowed, .moz-text-html").join(""),
      signature: texts(body, ".moz-txt-sig").join(""),
      quotes: texts(body, "blockquote").join(""),
      files: [...head.querySelectorAll("#attachmentList .attachmentcell-name")]
        .map(node => node.textContent + node.nextElementSibling.textContent), // the ending stands apart
      thread: letter.threadParent != 0xffffffff,
    };
  },

  // Saves a file of the open letter.
  async save(name, path) {
    await tabs.currentAboutMessage.currentAttachments.find(attached => attached.name == name).saveToFile(path);
  },

  // Answers the open letter with a button of its head; gives what Thunderbird had put into the new one.
  async answer(words, everybody) {
    const about = tabs.currentAboutMessage;
    about.document.getElementById(everybody ? "hdrReplyAllButton" : "hdrReplyButton").click();
    return send(words);
  },

  // A new letter.
  async write(to, subject, words) {
    const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
    const letter = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
    [fields.to, fields.subject] = [to, subject];
    letter.composeFields = fields;
    letter.identity = account().defaultIdentity;
    MailServices.compose.OpenComposeWindowWithParams(null, letter);
    return send(words);
  },
};

// Types into the window that has come up, where Thunderbird put the cursor, and presses Send.
async function send(words) {
  const compose = await until("the window to write in", () => Services.wm.getMostRecentWindow("msgcompose"));
  await until("its editor", () => compose.composeEditorReady && !compose.gWindowLocked);
  const pills = row => [...compose.document.querySelectorAll(`#${row} mail-address-pill`)].map(pill => pill.fullAddress);
  const begun = {
    subject: compose.document.getElementById("msgSubject").value,
    to: pills("addressRowTo"),
    cc: pills("addressRowCc"),
    text: compose.document.getElementById("messageEditor").contentDocument.body.innerText,
  };
  compose.GetCurrentEditor().QueryInterface(Ci.nsIEditorMailSupport).insertTextWithQuotations(words);
  compose.document.getElementById("button-send").click();
  await until("the end of sending", () => !Services.wm.getMostRecentWindow("msgcompose"));
  return begun;
}
