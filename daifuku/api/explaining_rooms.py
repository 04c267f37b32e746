"""The sentences about operations of rooms that no longer fit into `explaining`."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

from daifuku.api.explaining_cards import CARDS
from daifuku.api.explaining_conversion import CONVERSION
from daifuku.api.explaining_duplicates import DUPLICATES

MORE = {
    **CONVERSION,
    "preview_merge": noop(
        "統合と同じ内容を送ると、残る値、残らない値、移るものを返します。何も変わりません。"
    ),
    "merge_records": noop(
        "すべてを一度に行い、あとから元に戻せます。統合した記録のアドレスは410になり、intoが残した記録です。"
        "choicesにない項目は、いちばん新しく、失うもののない値になります。"
    ),
    "list_merges": noop("見られる記録への統合です。新しい順に並びます。"),
    "get_merge": noop("統合のあとに変更された項目と、できたものが入ります。"),
    "undo_merge": noop(
        "統合した記録と、移ったものが元に戻ります。あとから変更された項目は、fieldsに入れたものだけが戻ります。"
    ),
    "same_parties_{object}": noop("同じ相手でも、両方を残す記録です。"),
    "link_same_party": noop("理由を付けて登録します。今後は同じかもしれない記録として提案しません。"),
    "unlink_same_party": noop("ふたたび同じかもしれない記録として提案されるようになります。"),
    **CARDS,
    **DUPLICATES,
    "preview_handover": noop(
        "引き継ぎと同じ内容を送ると、だれに何が何件移るか、自動では移らず決めていただくものは何かを返します。何も変わりません。"
    ),
    "arrange_handover": noop(
        "引き継げるのは、本人、チームの責任者、社員を管理する人です。今日からのものは処理としてすぐに始まります。"
    ),
    "list_handovers": noop(
        "自分が渡す、受け取る、始めた、または責任者として見る引き継ぎです。新しい順に並びます。"
    ),
    "get_handover": noop("moved は移った件数、refused は移せなかった理由、job は処理の番号です。"),
    "cancel_handover": noop("まだ何も移っていないものだけを中止できます。"),
    "go_on_handover": noop("残っているものだけを移します。二重には移りません。"),
    "take_back_handover": noop("全部を元の担当に戻します。その後に変わったものはそのままです。"),
    "give_back_handover": noop(
        "元に戻す日を待たずに返します。休みの間に登録したものは、登録した人のままです。"
    ),
    "list_handed_customers": noop("見られないお客様の customer は null です。"),
    "list_to_receive": noop("すべての引き継ぎの、自分がまだ受け取っていないお客様です。"),
    "write_handover_note": noop("渡す本人と、引き継ぎを始めた人、その責任者が書けます。"),
    "receive_handed_customer": noop("後任だけができます。2回目からは何も変わりません。"),
    "get_knowledge_risk": noop("自分か、自分がまとめる人のものです。見られる取引先だけを数えます。"),
    "get_handover_notice": noop("大福帳からは送りません。letters をほかの仕組みで送れます。"),
    "write_handover_notice": noop(
        "使えない差し込みがあると 422 です。渡す本人と、始めた人、その責任者が書けます。"
    ),
    "print_handover": noop(
        "50件を超えるときは、50件ずつのPDFをまとめたZIPになります。作るとだれが出力したかが記録に残ります。"
    ),
    "get_handover_paper": noop("自分が作ったものだけを見られます。"),
    "get_handover_paper_file": noop("できるまでと、7日を過ぎたあとは 404 です。"),
    "sheet_handed_customer": noop("見られるものだけが入ります。"),
    "get_distribution": noop("自動の振り分けの設定、受け取る人、ルールです。設定を変更できる人が使えます。"),
    "change_distribution": noop("送ったものだけを変えます。givers は社員の uid、時刻は 09:00 の形です。"),
    "put_taker": noop("person は社員の uid です。active を false にすると振り分けから外れます。"),
    "add_distribution_rule": noop("condition は一覧の条件と同じ書き方です。ルールは最後に加わります。"),
    "change_distribution_rule": noop(
        "送ったものだけを変えます。version を送ると、ほかの人の変更を上書きしません。"
    ),
    "remove_distribution_rule": noop("これまでの振り分けの記録は残ります。"),
    "distribute_leads": noop(
        "一度に200件までです。担当者のいるものは again が true のときだけ振り分け直します。"
    ),
    "distribution_queue": noop("古い順に200件までです。"),
    "get_passing": noop(
        "引き渡しを使うか、引き渡せる条件、行き先、返事を待つ時間です。設定を変更できる人が使えます。"
    ),
    "change_passing": noop("送ったものだけを変えます。condition は一覧の条件と同じ書き方です。"),
    "pass_lead": noop("条件を満たさない見込み客は 422、すでに返事を待っているものは 409 です。"),
    "list_passings": noop(
        "見ることのできる見込み客の分だけです。who は社員の uid か、team- とチームの番号です。"
    ),
    "passing_report": noop("時間は営業時間（分）です。見ることのできる見込み客だけを数えます。"),
    "accept_passing": noop(
        "引き渡された人、そのチームの人、その責任者が使えます。返事が済んでいると 409 です。"
    ),
    "return_passing": noop("見込み客は、渡した人に戻ります。reason が other のときは answer が必要です。"),
    "lead_decisions": noop("新しい順です。steps は判断の順、passed は見送った人とその理由です。"),
    "get_daily_day": noop(
        "予定・取引・タスク・登録した記録から自動でまとめた1日です。gaps はまだ入力されていないもの、"
        "hidden は見えない記録の件数です。"
    ),
    "keep_daily_draft": noop(
        "下書きはほかの人には見えません。version を送ると、別の画面で変わっていれば 412 です。"
    ),
    "close_day": noop(
        "送らない項目は下書きから取ります。もう一度締めると書き直しになり、前の内容も残ります。"
    ),
    "reopen_daily_report": noop("書いた本人だけができます。もう一度締めるまで、前の内容が見えています。"),
    "read_daily_report": noop("誰が確認したか、そのあとに変わったかは、書いた人にも見えます。"),
    "list_unread_reports": noop(
        "自分がまとめるチームの人の、まだ確認していない日報です。新しい順で、100件までです。"
    ),
    "get_morning": noop(
        "社長と、チームの責任者のための一枚です。クレームが最初に並び、それぞれ見られるものだけが入ります。"
    ),
    "list_daily_shared": noop("社員全員が読めます。見られない記録の名前は出ません。"),
    "share_daily": noop("社員全員にお知らせが届きます。朝の一枚を読む人が使えます。"),
    "withdraw_daily_shared": noop("自分が共有したものだけを取り消せます。"),
    "get_daily_settings": noop("設定を変更できる人が使えます。"),
    "change_daily_settings": noop("送ったものだけを変えます。writers と readers は役割のキーです。"),
    "split_import": noop(
        "1行に1日分の日報が入ったファイルを、お客様ごとの行に分けます。元の文章は「元の日報」の列に残ります。"
    ),
    "assign_import": noop("split.unmatched の見出しの行すべてに、この取引先を入れます。"),
    "list_sharing": noop(
        "どの出来事を、どの役割に、いつ（timing）、どこまで（depth）知らせるかです。設定を変更できる人が使えます。"
    ),
    "change_sharing": noop(
        "送った出来事の、送ったところだけを変えます。timing は at_once、hourly、morning、weekly、app、never、depth は "
        "headline、full です。"
    ),
    "get_receiving": noop(
        "休む時間と、何をいつ知らせるかです。firm は会社の設定、choices は選べるものです。"
    ),
    "change_receiving": noop("送ったものだけを変えます。会社の設定より静かにできます。"),
    "list_watched": noop("新しい順に並びます。見えなくなったものは入りません。"),
    "list_push_devices": noop("ブラウザーへの通知は、そのブラウザーでログインして始めます。"),
    "remove_push_device": noop("自分の端末だけを止められます。"),
    "watch_account": noop(
        "担当者・取引履歴・予定・タスク・ファイル・コメントの動きが、すべて届くようになります。"
    ),
    "unwatch_account": noop("フォローしていなければそのままです。"),
    "watch_lead": noop("取引先と同じことを、見込み客についてします。"),
    "unwatch_lead": noop("フォローしていなければそのままです。"),
    "sheet_account": noop(
        "どんなお客様か、規模、担当者、取引条件、約束していること、これからの予定、最近のやりとりを、見える範囲で一枚に"
        "まとめます。"
    ),
    "sheet_lead": noop("取引先と同じものを、見込み客について返します。"),
    "list_duties": noop(
        "省略すると、自分がこれから入力するものと、代わりに頼まれたものです。"
        "who に社員の番号、team-番号、all を書くと、部下の分も見られます。"
    ),
    "get_duty": noop("いつまでに入力するか、いつ入力したか、どう数えるかです。"),
    "snooze_duty": noop("until まで一覧に出なくなります。入力率に数えるものの期限は変わりません。"),
    "hand_on_duty": noop("to の人のやり残しに移ります。入力率は、もとの担当のまま数えます。"),
    "plead_duty": noop(
        "期限までに入力できなかった理由を、本人が申し出ます。上司が認めると数えなくなります。"
    ),
    "excuse_duty": noop("入力率に数えなくします。その人の上司が使えます。"),
    "decline_duty": noop("申し出を認めません。理由は本人に伝わります。その人の上司が使えます。"),
    "get_input_rate": noop(
        "期限内、遅れ、入力漏れ、免除の件数と、種類ごとの件数です。percent が null なら、少なすぎて判定できません。"
    ),
    "list_days_off": noop("自分と部下の休みです。"),
    "take_day_off": noop(
        "その間の入力の期限は、休みのあとに延びます。自分の分は7日前まで、部下の分は60日前まで登録できます。"
    ),
    "give_back_day_off": noop("入力の期限は元に戻ります。"),
    "list_input_reasons": noop(
        "入力率が低い週のあとに本人へたずねたことと、その答えです。自分と部下の分です。"
    ),
    "answer_input_reason": noop("自分への質問に答えます。other のときは words が必要です。"),
    "get_duty_policy": noop("電話や訪問のあといつまでに入力するか、入力率の数え方などです。"),
    "change_duty_policy": noop("送ったものだけを変えます。設定を変更できる人が使えます。"),
    "get_penalties": noop(
        "月ごとの記帳、合計、受領です。自分と部下の分、社員を管理する人はすべての分を読めます。"
    ),
    "get_penalty": noop("何が漏れていたか、本人の異議、その判断です。"),
    "object_to_penalty": noop("判断されるまで、この記帳は数えません。本人だけが使えます。"),
    "decide_penalty": noop(
        "accept が true なら免除し、false なら記帳のままにします。その人の上司が使えます。"
    ),
    "waive_penalty": noop("異議がなくても免除します。その人の上司が使えます。"),
    "record_penalty_payment": noop(
        "受け取った金額を書き留めます。残りより多くは記録できません。社員を管理する人が使えます。"
    ),
    "cancel_penalty_payment": noop("書き間違えた受領を取り消します。社員を管理する人が使えます。"),
    "give_penalty_consent": noop("自分の氏名で、任意の積立に同意します。いつでも取り消せます。"),
    "take_back_penalty_consent": noop("これからの記帳は点数だけになります。"),
    "get_penalty_terms": noop("台帳を使うか、点数だけか、金額はいくらかです。"),
    "change_penalty_terms": noop(
        "送ったものだけを変えます。労働基準法91条の上限を超える金額は断られます。設定を変更できる人が使えます。"
    ),
    "set_wage": noop(
        "減給の上限を計算するための賃金です。両方を null にすると消します。社員を管理する人が使えます。"
    ),
    "enter_order": noop(
        "受注日・納期・商品が必要です。単価と税区分を省くと、価格表と商品のものになります。"
        "明細の誤りは lines.0.quantity のように返します。"
    ),
    "lines_order": noop("挙げなかった行はそのままです。1つでも誤りがあれば、何も変えません。"),
    "confirm_order": noop("発行した注文請書は変わりません。2回目からは前のものの訂正になります。"),
    "cancel_order": noop("納品した商品があるときは 409 です。履歴から元に戻せます。"),
    "deliver_order": noop("注文より多い数量、受注日より前の日付は 422 です。発行した納品書は変わりません。"),
    "take_back_delivery": noop("元の納品書を指すマイナスの納品書を発行します。"),
    "buy_purchase": noop("受注明細の残りより多い数量は 422 です。単価を省くと商品の原価になります。"),
    "arrive_purchase": noop("残りより多い数量は 422 です。全部が届くと、状況が入荷済みになります。"),
    "cancel_purchase": noop("入荷した商品があるときは 409 です。"),
    "order_ledger": noop(
        "見ることのできる明細だけを数えます。取引先を1つ選ぶと、商品ごとの間隔と次の見込みが付きます。"
    ),
    "search_received_papers": noop(
        "受注と発注に付けたファイルを、その取引の日付・金額・取引先でさがします。ファイルの中身は、記録のファイルとして取得します。"
    ),
    "search_papers": noop("見ることのできる書類だけです。only=current で、訂正される前のものを除きます。"),
    "get_journal": noop(
        "見ることのできる請求と入金だけです。期間は1年までです。what は sales か payments です。"
    ),
    "get_accounting": noop("設定を変更できる人が使えます。"),
    "change_accounting": noop("送ったものだけを変えます。設定を変更できる人が使えます。"),
    "close_accounting": noop(
        "その日までの日付では、請求書の発行・訂正、入金の登録と変更ができなくなります。履歴から元に戻せます。"
    ),
    "milestones_ahead": noop(
        "担当する節目と、自分か自分の役割に知らせる節目です。whose=all は見られるものすべてです。"
    ),
    "lay_milestones_order": noop(
        "期日は受注日や納期から数えます。同じ名前の節目があれば、それは作りません。"
    ),
    "lay_milestones_deal": noop(
        "期日は登録日や受注予定日から数えます。同じ名前の節目があれば、それは作りません。"
    ),
    "list_milestone_plans": noop("何日後かは anchor の日から数えます。"),
    "put_milestone_plan": noop("設定を変更できる人が使えます。作った節目は、ひな型を変えても変わりません。"),
    "get_forecast": noop(
        "目標を見られる人の分だけです。month は「2026-11」か year（年度全体）、basis は ordered・delivered・won です。"
        "who は社員の uid か team- とチームの番号です。"
    ),
    "enter_targets": noop(
        "1つでも誤りがあれば、何も変えません。誤りは targets.0.month のように返します。履歴からまとめて元に戻せます。"
    ),
    "receive_payment": noop(
        "set_off を省くと、金額の合う請求書、なければ古い順に消し込みます。余りは前受になります。"
        "誤りは set_off.UID のように返します。"
    ),
    "set_off_payment": noop("残りや入金を待つ請求書がなければ 409、残りより多い額は 422 です。"),
    "release_payment": noop("お金は前受として残ります。履歴から元に戻せます。"),
    "cancel_payment": noop("組戻し・不渡りで戻った入金です。取消日までは入金があったものとして残ります。"),
    "receivables": noop(
        "見ることのできる請求と入金だけを数えます。"
        "ages は支払期日からの日数（not_due、to_30、to_60、to_90、older）です。"
    ),
    "statement_account": noop("whole が false なら、あなたから見えない請求か入金があります。"),
    "credit_account": noop("ordered は、まだ請求していない受注の税込金額です。"),
    "limit_account": noop("取引先を変更できる人が使えます。履歴から元に戻せます。"),
    "give_bank_file": noop(
        "読めないファイルは、何も取り込まずに 422 です。wrong は日付か金額を読めなかった行の番号です。"
    ),
    "list_bank_lines": noop(
        "why は提案の理由（said 確認済みの名義、name カナが同じ、cut_off 名義の一部、amount 金額だけ）です。"
    ),
    "book_sure_bank_lines": noop("refused は、記録できなかった明細とその理由です。"),
    "book_bank_line": noop("すでに記録した明細は 409、取引先の分からない明細は 422 です。"),
    "put_aside_bank_line": noop("お客様からの入金ではないもの（利息など）です。"),
    "take_up_bank_line": noop("対象外にした明細を、もう一度確認待ちにします。"),
    "price_product": noop(
        "account を省くとすべての取引先の価格です。相手・数量・期間の細かいものから順に調べ、使わない理由も返します。"
    ),
    "get_issuer": noop(
        "会社情報に加えて、すべての書類に共通の振込先、番号の形、定型文、消費税の端数です。設定を変更できる人が使えます。"
    ),
    "change_issuer": noop(
        "送ったものだけを変えます。番号の形には年（{YYYY}か{YY}）と連番（{NNNN}）が必要です。設定を変更できる人が使えます。"
    ),
    "bill_deliveries": noop(
        "納品の控えのまま、返品も差し引いて1枚にします。請求済みの納品は 409、取引先が違うときは 422 です。"
    ),
    "bill_order": noop("納品済みで未請求のものを請求します。何も納品していないときは前金の請求になります。"),
    "issue_invoice": noop("番号が付き、印刷したままの形で保管します。発行した請求書は変わりません。"),
    "correct_invoice": noop("元の請求書を指す、マイナスの請求書を発行します。下書きは同じ納品を請求します。"),
    "send_invoice": noop("メールごとに別のリンクを作り、送信待ちに入れます。"),
    "revoke_invoice_link": noop("そのアドレスではもう開けません。"),
    "list_invoice_copies": noop("発行したままの控えと、ファイルのハッシュです。"),
    "preview_closing": noop(
        "締め日は取引先の締め日と支払条件から読み取ります。請求を登録できる人が使えます。"
    ),
    "start_closing": noop("処理は裏で進みます。請求済みのものは、もう一度実行しても二重になりません。"),
    "get_closing": noop("発行した数、請求のなかった数、発行できなかった数です。"),
    "issue_quote": noop("番号が付き、印刷したままの形で保管します。承認が必要なのにないときは 409 です。"),
    "ask_quote_approval": noop("基準を超えた見積だけです。承認する役割の人に知らせます。"),
    "withdraw_quote_approval": noop("申請をやめて、また変更できるようにします。"),
    "approve_quote": noop("設定で決めた役割の、申請した本人以外の人が使えます。"),
    "return_quote": noop("理由を付けて申請した人に戻します。承認できる人が使えます。"),
    "answer_quote": noop("電話や訪問でうかがった回答を残します。有効期限を過ぎた見積は受けられません。"),
    "revise_quote": noop("同じ明細の下書きができます。発行するまでは、前の版が有効です。"),
    "void_quote": noop("お客様はもう受けられません。番号と控えは残ります。"),
    "send_quote": noop("メールごとに別のリンクを作り、送信待ちに入れます。"),
    "link_quote": noop("アドレスは一度だけ返します。知っている人はだれでも見積書を見て回答できます。"),
    "revoke_quote_link": noop("そのアドレスではもう開けません。"),
    "list_quote_copies": noop("発行したままの控えと、ファイルのハッシュです。"),
    "get_quote_policy": noop("承認が必要なとき、承認する役割、有効期限です。設定を変更できる人が使えます。"),
    "change_quote_policy": noop("送ったものだけを変えます。設定を変更できる人が使えます。"),
    "list_processes": noop("段階ごとの確度・目安の日数・必須の項目・進め方・移せる段階を含みます。"),
    "way_of_deal": noop("日数は営業日です。元に戻した操作は数えません。"),
    "move_deal": noop(
        "営業プロセスの決まりに従います。理由や必須の項目が足りないときは、項目の名前とともに 422 で断ります。"
        "商談の stage を PATCH で変えるときも同じ決まりです。"
    ),
    "put_deal_person": noop("同じ担当者をもう一度送ると、役割・影響力・立場・メモを変えます。"),
    "remove_deal_person": noop("登録されていない担当者は 404 です。"),
    "put_deal_rival": noop("同じ名前をもう一度送ると、形勢・強み・弱みを変えます。"),
    "remove_deal_rival": noop("登録されていない会社は 404 です。"),
    "summary_voice": noop(
        "span は 30・90・365（日）か all、open を true にすると回答していないものだけを数えます。"
    ),
    "pick_voice": noop("同じお客様の声になり、その取引に対応した人が聞いた人になります。"),
    "take_voice": noop("呼び出した人が対策の担当になり、状態が未対応なら対応中になります。"),
    "answer_voice": noop(
        "聞いた人とお客様の担当に知らせ、お客様のページに表示します。回答がないときは 422 です。"
    ),
    "list_minutes_templates": noop("使わなくしたものも含みます。edition はいまの版です。"),
    "create_minutes_template": noop(
        "見出しは2個から20個までです。見出しの slots は、本文に「名前: 」の行として入る空欄です。空いたままの取引履歴は"
        "保存できません。設定を変更できる人が使えます。"
    ),
    "change_minutes_template": noop(
        "headings を送ると次の版になり、前の議事録は前の版のままです。設定を変更できる人が使えます。"
    ),
    "count_minutes_template": noop(
        "書かれた割合・長さ・登録に使われた数です。5件から提案が付きます。設定を変更できる人が読めます。"
    ),
    "apply_minutes_proposal": noop(
        "提案の kind と name を送ります。field は取引履歴の項目も追加します。設定を変更できる人が使えます。"
    ),
    "read_minutes": noop(
        "何も保存せずに見出しと登録の候補を返します。account を送ると担当者の名前も読み取ります。"
    ),
    "get_talk_minutes": noop(
        "本文は取引履歴の text です。候補の state は open・accepted・changed です。"
        "slots は、ひな形の空欄に書かれたものです。"
    ),
    "write_talk_minutes_together": noop(
        "書いている間、15秒ごとに呼びます。ほかに開いている人と、いまの版が返ります。40秒呼ばれないと、いないものとします。"
    ),
    "accept_talk_minutes": noop(
        "keys の候補をタスクや予定などにします。1件でも登録できなければ、すべて取りやめます。"
    ),
    "list_rules": noop("並び順のとおりに、止めているものも返します。設定を変更できる人が使えます。"),
    "create_rule": noop(
        "on が false でなければ、すぐに働きます。ほかのルールと矛盾するもの、だれも保存できなくなるものは 422 です。"
    ),
    "get_rule": noop("ETag は版です。sentence は、画面とルールブックに表示する文です。"),
    "change_rule": noop("送ったものだけを変えます。on だけを送ると、使う・止めるが切り替わります。"),
    "remove_rule": noop("台帳の行を元に戻せば戻ります。"),
    "preview_rule": noop("total はルールに当てはまる記録、failing はそのうち合っていない記録です。"),
    "get_rule_book": noop("いちばん新しい版です。まだ公開していなければ 404 です。"),
    "list_rule_book_editions": noop("新しい順に並びます。"),
    "get_rule_book_edition": noop("公開したときのままの文です。自分に見えない項目のルールは入りません。"),
    "write_rule_book": noop("下書きの全体を置き換えます。公開するまで、みんなの読む版は変わりません。"),
    "publish_rule_book": noop("下書きと、いま使っているルールを新しい版にし、全員に知らせます。"),
    "confirm_rule_book": noop("いちばん新しい版を読んだことを記録します。前の版は 409 です。"),
    "list_rule_book_readers": noop(
        "いちばん新しい版を、確認した人と、まだの人です。設定を変更できる人が使えます。"
    ),
}
