//! What went wrong, what is safe, what to do.

super::texts! {
    /// What went wrong, what is safe, what to do.
    ErrorTexts {
        nothing_changed: "Nothing was changed.", "没有任何改动。";
        invalid: "Some fields need another look.", "有几项需要再看一下。";
        not_found: "This record is no longer here; it may be in the trash. Nothing was changed.", "这条记录已经不在了，可能在回收站里。没有任何改动。";
        not_empty: "The book already holds customers, so the demo was not added. Nothing was changed.", "这里已经有客户了，没有添加示例。没有任何改动。";
        nothing_staged: "There is no file waiting to be imported. Choose the file again.", "没有等待导入的文件，请重新选择文件。";
        nothing_to_undo: "This was already taken back, or all of it was changed again since. Nothing was changed.", "这一步已经撤销过了，或者它改动的内容后来又改过了。没有任何改动。";
        order_there: "There is an order of this quote already, of this version or another. Nothing was changed.", "这份报价已经有订单了，可能来自另一个版本。没有任何改动。";
        worker_lost: "The data part of Kith stopped before it answered. It starts again by itself; look whether the change is there, and make it again if not.", "数据部分在回答之前停了下来，正在自动重新启动。请看看改动是否已经保存，没有的话再做一次。";
        store_refused: "The browser does not let Kith keep data here (private window or a policy). Nothing was changed. Open Kith in an ordinary window.", "浏览器不允许知客在这里保存数据（无痕窗口或策略限制）。没有任何改动。请在普通窗口中打开知客。";
        store_quota: "There is no space left on this device for Kith. Nothing was changed, what was saved is safe. Free some space and try again.", "设备上没有空间了。没有任何改动，已保存的数据是安全的。请腾出一些空间后重试。";
        store_newer: "The data was written by a newer Kith (version {found}; this one knows {known}). It is safe and untouched. Reload to get the newer app.", "数据由更新版本的知客写入（版本 {found}，当前只认识 {known}）。数据安全，没有动过。请重新加载以使用新版本。";
        store_corrupt: "A part of the stored data cannot be read ({what}). Nothing was changed. Do not clear the browser's data; reload first.", "有一部分已保存的数据读不出来（{what}）。没有任何改动。请不要清除浏览器数据，先重新加载。";
        store_gone: "The data that Kith kept in this browser is no longer here: the browser, or somebody who cleared its data, removed it. Kith puts no empty book in its place.", "知客存在这个浏览器里的数据不见了：可能是浏览器清理了，也可能有人清除了浏览数据。知客没有用空白数据顶替它。";
        store_shorter: "The data ends earlier than it did: {found} of {known} changes are there. Nothing was changed.", "数据比上次少：{known} 次改动中只剩 {found} 次。没有任何改动。";
        open_other: "The data part of Kith did not start: {detail}. Try again; if it happens again, reload.", "数据部分没能启动：{detail}。请重试，若再次出现请重新加载。";
        store_other: "Saving did not work: {detail}. Nothing was changed. Try again; if it happens again, reload.", "没能保存：{detail}。没有任何改动。请重试，若再次出现请重新加载。";
        load_failed: "This could not be loaded", "没能加载";
        part_missing: "A part of Kith could not be fetched. Your data are safe. Check the connection and try again; if it happens again, reload the page.", "知客有一部分没能取到。数据是安全的。请检查网络后重试，若再次出现请重新加载页面。";
        open_failed: "Kith could not open its data", "知客没能打开数据";
        clock_ahead: "Another device wrote with a clock far ahead of this one. Check the date and time of both; until then edits may be ordered wrongly.", "另一台设备的时钟比这台快很多。请核对两台设备的日期和时间，否则修改的先后可能会乱。";

        field_required: "This is needed.", "这一项必填。";
        field_too_long: "This is too long.", "太长了。";
        field_not_a_date: "This is not a date. Write 1988-05-20, or 05-20 without the year.", "这不是日期。请写成 1988-05-20，不知道年份就写 05-20。";
        field_not_an_email: "This is not an email address.", "这不是邮箱地址。";
        field_not_a_phone: "This is not a phone number.", "这不是电话号码。";
        field_not_a_number: "This is not a number.", "这不是数字。";
        field_unknown: "There is nothing of this name; choose one from the list.", "没有这一项，请从列表中选择。";
        field_loop: "It builds upon segments that build upon it again; take one of them out.", "它引用的客群又引用了它自己，请去掉其中一个。";
        field_out_of_range: "This does not fit: not a number, too large or small, or the end lies before the beginning.", "不合适：不是数字、太大或太小，或终点早于起点。";
        field_earlier_name: "One of them is what another choice was called before; give it another name.", "其中有一个是另一个选项以前的名称，请换一个名称。";
        field_key_taken: "Another record has this number.", "另一条记录已经用了这个编号。";
    }
}
