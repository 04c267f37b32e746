"""What each operation of the API does, in the sentences of the reference page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from daifuku.api.explaining_rooms import MORE

SENTENCES = {
    **MORE,
    "list_objects": noop("見ることのできる記録の種類です。"),
    "list_events": noop(
        "確定した順に並びます。next で続けて読めば、漏れも重なりもありません。監査履歴を見られる人にはすべての行、"
        "ほかの人には見える記録の行が返ります。空のページでも、next が変わらなくなるまで続けてください。"
    ),
    "undo_event": noop("その行の操作を、自分の権限で元に戻します。その後に変更されたものはそのままです。"),
    "get_job": noop(
        "自分の取り込み・書き出し・一括変更です。state は waiting、running、done、failed、cancelled のどれかです。"
    ),
    "get_me": noop("だれのトークンか、何を許すか、その人の権限がどこまで届くかを返します。"),
    "list_people": noop(
        "在籍している社員です。uid は owner などの項目に書き込めます。details と left は、社員を管理する人が使えます。"
    ),
    "list_teams": noop("すべてのチームです。id は team に書き込めます。"),
    "get_person": noop(
        "社員情報・役割・チーム・不在です。退職した人も読めます。社員を管理する人が使えます。"
    ),
    "change_person": noop(
        "送ったものだけを変更します。email はログインに使うアドレスで、自分の分はAPIトークンでは変更できません。"
    ),
    "set_roles": noop(
        "書いた役割だけになり、次の操作から有効です。自分が持っていない権限は、与えることも取り上げることもできません。"
    ),
    "put_absence_of": noop("いつからいつまで不在か、だれが代わるかを登録します。{} で取り消します。"),
    "leave": noop(
        "すぐにすべての端末からログアウトされ、APIトークンも取り消されます。担当していた記録は、引き継ぐまで残ります。"
    ),
    "come_back": noop("以前の役割とチームで復帰します。取り消されたAPIトークンは戻りません。"),
    "list_devices": noop("自分の分はだれでも、ほかの人の分は社員を管理する人が読めます。"),
    "sign_out_everywhere": noop("すぐにログアウトされます。画面から呼んだときは、その端末だけ残ります。"),
    "sign_out_device": noop("次の操作で、ログイン画面になります。"),
    "revoke_tokens": noop("すべて、すぐに使えなくなります。自分の分はだれでも取り消せます。"),
    "reset_second_factor": noop(
        "端末も回復コードもなくした人のために解除します。自分や、自分より強い権限を持つ人の分はできません。"
    ),
    "give_password_link": noop(
        "本人に渡すリンクです。1日間使え、link はこの答えでだけ返ります。自分の分はAPIトークンでは発行できません。"
    ),
    "list_invitations": noop("まだ使える招待です。社員を管理する人が見られます。"),
    "invite": noop(
        "メールサーバーが設定してあれば送ります（mailed）。link はこの答えでだけ返ります。同じアドレスへの前の招待は"
        "使えなくなります。"
    ),
    "revoke_invitation": noop("リンクはもう使えません。使われた招待は 409 です。"),
    "create_team": noop("parent の下に作ります。省略すると一番上です。社員を管理する人が使えます。"),
    "get_team": noop("チームの人です。責任者が先に並びます。ETag は版です。"),
    "change_team": noop("名前を変え、別のチームの下に移します。見える範囲もすぐに変わります。"),
    "dissolve_team": noop("人も、下位のチームも、記録もないものだけを削除できます（409 in_use）。"),
    "put_into_team": noop("leads で責任者にします。すでにいる人は、責任者にするか、外すかだけが変わります。"),
    "take_out_of_team": noop("チームにいなければそのままです。"),
    "list_roles": noop("key は、社員に役割を付けるときに使います。社員を管理する人が見られます。"),
    "create_role": noop("like の役割と同じことができる役割を、送ったところだけ変えて作ります。"),
    "get_role": noop("できることと、この役割の人です。ETag は版です。"),
    "change_role": noop(
        "powers・grants・field_rules は、それぞれ全体を置き換えます。自分が持っていない権限は変えられません。"
    ),
    "remove_role": noop("だれも持っていない役割だけを削除できます（409 in_use）。"),
    "why_{object}": noop(
        "自分について、見える記録だけを調べられます。社員を管理する人と監査履歴を見られる人は、だれについても、"
        "どの記録についても調べられます。"
    ),
    "search": noop(
        "見える記録を、合うものから順に返します。かな、全角・半角、新旧の漢字、会社の種類の違いは区別しません。"
    ),
    "list_{object}": noop(
        "見ることのできる記録の1ページです。続きは next から始まります。view を指定すると、その条件に where が加わり、"
        "その並び順になります。"
    ),
    "create_{object}": noop("登録します。uid を自分で決めておけば、送り直しても二重になりません。"),
    "upsert_{object}": noop(
        "PUT /accounts/by/code/T-100 は、このコードの取引先です。by/uid/... は記録の番号で指定します。"
    ),
    "bulk_{object}": noop(
        "1件ずつ実行または拒否され、結果は results に順番どおりに入ります。Idempotency-Key があれば、"
        "途中で切れた要求は止まったところから続きます。"
    ),
    "fields_{object}": noop("見ることのできる項目（はじめからある項目と追加した項目）を、並び順に返します。"),
    "groups_{object}": noop(
        "値ごとの件数・合計・平均です。where を一覧の条件に加えると、その中の記録が返ります。"
        "種類が多いときは、件数の多い300種類までです。"
    ),
    "layout_{object}": noop(
        "記録のページの区分・項目・パネルの並びです。見ることのできる項目だけを返します。"
        "own が false なら初めの配置です。"
    ),
    "apply_layout_{object}": noop(
        "記録のページと編集の画面の配置を、全員に対してすぐに変えます。書かなかった項目は、その区分の最後に続きます。"
    ),
    "reset_layout_{object}": noop("初めの配置に戻します。追加した項目は、いまの区分に残ります。"),
    "choices_{object}": noop("1つの項目の選択肢です。もう選べないものも含みます（active が false）。"),
    "comments_{object}": noop("古い順に並びます。"),
    "comment_{object}": noop(
        "記録が見える人はコメントできます。@姓 名 で社員にお知らせします。quotes で返信先のコメントを指定します。"
    ),
    "react_{object}": noop("記録が見える人はリアクションできます。もう一度呼んでも変わりません。"),
    "take_back_reaction_{object}": noop("自分のリアクションだけを取り消します。"),
    "change_comment_{object}": noop("自分のコメントだけを変更できます。"),
    "remove_comment_{object}": noop("自分のコメントだけを削除できます。台帳の行を元に戻せば戻ります。"),
    "timeline_{object}": noop("新しい順に並び、next で過去へ進みます。閲覧の記録は含みません。"),
    "files_{object}": noop("新しい順に、それぞれ現在の版を返します。"),
    "add_file_{object}": noop(
        "multipart/form-data で送ります。答えが返るときには、ファイルはディスクに書かれています。ファイルの番号は "
        "Idempotency-Key から決まるため、送り直しても1つだけです。"
    ),
    "get_file_{object}": noop(
        "中身を、いつもダウンロードとして返します。ブラウザーの中で動くことはありません。"
    ),
    "remove_file_{object}": noop("台帳の行を元に戻せば戻ります。"),
    "restore_file_{object}": noop("記録に付いているものは、そのままです。"),
    "file_versions_{object}": noop("新しい順に並びます。current が true のものが、いまの版です。"),
    "add_file_version_{object}": noop("multipart/form-data で送ります。いまの版になり、前の版は残ります。"),
    "get_file_version_{object}": noop("1つの版の中身を、いつもダウンロードとして返します。"),
    "use_file_version_{object}": noop(
        "前の版を、いまの版にします。台帳の行を元に戻せば、もとの版に戻ります。"
    ),
    "trash_{object}": noop(
        "見ることのできる、ごみ箱の記録です。新しく入れたものから並びます。"
        "まとめて戻すには bulk の restore を使います。"
    ),
    "erase_{object}": noop(
        "人についての記録を、コメント・ファイル・台帳の値とともに消去します。元に戻せません。"
        "sure を true にして送ります。個人情報の消去を許された人だけが使えます。"
    ),
    "list_notices": noop("自分へのお知らせです。新しい順に並びます。読み取っても、既読にはなりません。"),
    "count_unread_notices": noop("100件まで数えます。"),
    "read_all_notices": noop(
        "up_to に見た中でいちばん新しいお知らせの uid を入れると、その後に届いたものは未読のまま残ります。"
    ),
    "read_notice": noop("すでに読んだものは、そのままです。"),
    "tags_{object}": noop("1件の記録のタグです。"),
    "put_tag_{object}": noop("新しい名前なら新しいタグを作ります。すでに付いていればそのままです。"),
    "remove_tag_{object}": noop("付いていなければそのままです。"),
    "views_{object}": noop(
        "自分のビュー、共有されたビュー、はじめからあるビューです。一覧は ?view=キー で、そのとおりに読めます。"
    ),
    "get_{object}": noop("1件の記録です。ETag は版です。人の記録を読むと、台帳に1行が残ります。"),
    "change_{object}": noop(
        "送った項目だけを変更します。If-Match を付ければ、ほかの人の変更を上書きしません（412）。"
    ),
    "delete_{object}": noop("ごみ箱に入れます。戻せます。"),
    "restore_{object}": noop("ごみ箱から戻します。ごみ箱になければそのままです。"),
    "list_imports": noop("自分の取り込みを新しい順に返します。設定を変更できる人には全員の分が返ります。"),
    "import_{object}": noop(
        "CSVかExcelを multipart/form-data で送ります。列ごとに項目を提案します。まだ何も登録されません。"
    ),
    "get_import": noop(
        "state は uploaded、checking、checked、running、done、cancelled、failed、undoing、undone のどれかです。"
        "targets は列を入れられる項目、keys は登録済みの記録を探せる項目です。"
    ),
    "change_import": noop(
        "始めるまで、列の対応と取り込み方を選べます。文字コード・シート・見出しの行を変えると列を提案し直すため、"
        "先に送ってください。"
    ),
    "check_import": noop(
        "counts は取り込んだ場合の件数、differences ははじめの行の変わり方です。何も登録されません。"
        "長いファイルは裏側で確認します（state が checking。進み具合は job で分かります）。"
    ),
    "start_import": noop(
        "裏側で進み、進み具合は job で分かります。取り込めない行があっても、ほかの行は進みます。"
    ),
    "resume_import": noop("処理を中止した取り込みを、最後に取り込んだ行の次から再開します。"),
    "undo_import": noop(
        "新しい記録はごみ箱に入り、変更された記録は元に戻ります。その後にだれかが使ったものはそのままです。"
    ),
    "list_import_notes": noop(
        "Evernoteのノートの一覧です。自分が送ったものだけが見られます。state は waiting、aside、part、done、known、"
        "refused、undone のどれかで、candidates は行き先かもしれない記録です。"
    ),
    "assign_import_notes": noop(
        "notes に書いた番号のノートの行き先を選びます。uid がなければ保留にします。"
        "with_tags はタグも付けるかどうかです。始めるのは start です。"
    ),
    "rejected_rows": noop("理由を付けたCSVです。直せば、そのまま取り込み直せます。"),
    "export_{object}": noop(
        "書き出しを始めます。進み具合は job で分かり、ready が true になるとファイルを取得できます。台帳に残ります。"
    ),
    "get_export": noop(
        "自分の書き出しです。unsayable は文字コードにない文字で、ファイルでは別の記号になっています。"
    ),
    "get_export_file": noop("ファイルの中身です。できあがるまでは 404 です。"),
    "list_jobs": noop("自分の処理を新しい順に返します。監査履歴を見られる人には全員の分が返ります。"),
    "cancel_job": noop(
        "待っている処理はすぐに、動いている処理は次の切れ目で止まります。済んだ分は残ります。"
    ),
    "retry_job": noop("止まったところから続けます。"),
    "list_backups": noop(
        "新しい順に、それぞれを開ける復旧キーの末尾とともに返します。設定を変更できる人が見られます。"
    ),
    "make_backup": noop(
        "バックアップを始め、処理を返します。復旧キーがまだなければ 409 no_recovery_key です。"
        "キーは画面でだけ作れます。"
    ),
    "list_webhooks": noop("設定を変更できる人が見られます。"),
    "create_webhook": noop(
        "呼び出した人に見える出来事が、これから address へ送られます。secret はこの答えでだけ返ります。同じ "
        "Idempotency-Key で送り直した答えには入りません。"
    ),
    "list_webhook_kinds": noop(
        "kinds に入れられるものです。会社・社員・設定の出来事は、監査履歴を見られる人にだけ返ります。"
    ),
    "get_webhook": noop("ETag は版です。stopped は止まっている理由です。"),
    "change_webhook": noop(
        "送ったものだけを変更します。送り先と出来事は持ち主だけが変えられます。active を false にして止めることは、"
        "設定を変更できる人ならだれでもできます。"
    ),
    "remove_webhook": noop("台帳の行を元に戻せば戻ります。"),
    "change_webhook_secret": noop("これから24時間は、前のキーと新しいキーの両方の署名が付きます。"),
    "take_over_webhook": noop("持ち主が自分になり、これからは自分に見えるものだけが送られます。"),
    "replay_webhook": noop(
        "day（日付）か line（台帳の行番号）のどちらか一つから今までの出来事を、もう一度送ります。"
        "進み具合は job で分かります。"
    ),
    "list_webhook_deliveries": noop("新しい順に並びます。state で絞り込めます。"),
    "drop_webhook_deliveries": noop(
        "送信待ちのものを送らないことにします。1件ずつなら、あとからでも送れます。"
    ),
    "test_webhook": noop("まもなく送られます。結果は、返った送信を読むと分かります。"),
    "get_webhook_delivery": noop("送った内容と相手の答えのはじめは、Webhookの持ち主にだけ返ります。"),
    "send_webhook_again": noop("同じ番号（Daifuku-Delivery）で、もう一度送ります。"),
    "posts_contact": noop("いまの所属が先に並びます。"),
    "add_post_contact": noop("兼務や、以前の所属を加えます。ほかの所属はそのままです。"),
    "change_post_contact": noop(
        "送ったところだけを直します。終わりにする（ended_on、ending）、主な所属にすることもできます。"
    ),
    "remove_post_contact": noop("間違えて登録したときに使います。台帳の行を元に戻せば戻ります。"),
    "finish_plan": noop(
        "予定が済みになり、できた取引履歴を返します。next を書けば、次の予定も登録します。"
        "台帳の行を元に戻せば、すべて戻ります。"
    ),
    "cancel_plan": noop("中止した予定は、理由とともに残ります。済んだ予定は 409 closed です。"),
    "postpone_plan": noop("前の日時は postponed_from に残ります。長さはそのままです。"),
    "move_plan": noop(
        "自分の都合で日時を変えます。長さはそのままで、理由は要りません。同じ日時なら何も変わりません。"
    ),
    "get_calendar": noop("address は作ったときの答えにだけ入ります。"),
    "open_calendar": noop(
        "前のアドレスは使えなくなります。address はこの答えでだけ返り、同じ Idempotency-Key で送り直した答えには"
        "入りません。トークンで呼び出します。画面からは、パスワードを確かめて作ります。"
    ),
    "close_calendar": noop("アドレスは使えなくなります。二度目は何も変わりません。"),
    "items_task": noop("並んでいる順に返します。"),
    "add_items_task": noop("一つずつ項目になります。全部で50件までです。すべての項目を返します。"),
    "tick_item_task": noop("done を true にすると済みになり、false にすると戻ります。"),
    "remove_item_task": noop("台帳の行を元に戻せば戻ります。"),
    "repetition_task": noop("繰り返さないタスクでは unit が null です。"),
    "repeat_task": noop("期限から数えます。完了にすると次のタスクができます。期限のないタスクは 422 です。"),
    "stop_repeating_task": noop("すでにできたタスクは残ります。"),
    "repeat_plan": noop(
        "予定の日から数え、60日先までの予定を登録します。その先は毎晩登録されます。"
        "台帳の行を元に戻せば、手を付けていない予定はごみ箱に入ります。"
    ),
    "change_following_plan": noop(
        "変えたところだけが反映されます。日付は、同じ週のほかの曜日か、毎月の予定なら同じ月のほかの日に移せます。"
    ),
    "cancel_following_plan": noop("これより後の予定もすべて中止し、新しい予定も登録しません。"),
    "move_contact": noop("主な所属が「異動」で終わり、新しい所属が始まります。ほかの所属は続きます。"),
    "left_contact": noop("すべての所属が終わります。記録は残ります。"),
    "relations_account": noop("words は、target がこの取引先の何にあたるかです。"),
    "relate_account": noop("この取引先を変更できる人が追加できます。"),
    "unrelate_account": noop("台帳の行を元に戻せば戻ります。"),
    "tree_account": noop(
        "上位の組織、この取引先、すぐ下の組織です。opens が true のものは、さらに下があります。"
    ),
    "same_{object}": noop(
        "可能性の高い順に並びます。matched は共通するもの（number、email、person、name、phone）です。"
    ),
    "separations_{object}": noop("似ていても、別々のままにしておく記録です。"),
    "separate_{object}": noop("理由を付けて登録します。今後は同じかもしれない記録として提案しません。"),
    "join_{object}": noop("ふたたび、同じかもしれない記録として提案されるようになります。"),
    "list_marked": noop("kind は follow、favourite、seen（最近見たもの）です。新しい順に並びます。"),
    "change_me": noop("送ったもの（名前、カナ、役職、電話番号、言語、表示）だけを変更します。"),
    "put_absence": noop("いつからいつまで不在か、だれが代わるかを登録します。"),
    "marks_{object}": noop(
        "フォローとお気に入りに自分が入れているか、ほかにだれがフォローしているかを返します。"
    ),
    "follow_{object}": noop("変更があると、お知らせが届くようになります。"),
    "unfollow_{object}": noop("変更のお知らせが届かなくなります。"),
    "favour_{object}": noop("自分だけに見えます。"),
    "unfavour_{object}": noop("入っていなければそのままです。"),
    "members_{object}": noop("営業担当のほかに対応する人と、その役割です。"),
    "put_member_{object}": noop(
        "person は社員の uid、role は選択肢のキーか表示名です。省くと先頭の役割になります。"
    ),
    "remove_member_{object}": noop("メンバーでなければ何も変わりません。"),
    "take_{object}": noop(
        "担当のいない記録を自分が引き受けます。ほかの人が先に引き受けていたときは 409 を返します。"
    ),
    "shares_{object}": noop("役割の範囲を超えて、個別に共有した相手です。"),
    "share_{object}": noop("guest は社員の uid かチームの id です。may_edit を付けると編集もできます。"),
    "unshare_{object}": noop("役割の範囲だけに戻ります。共有していなければそのままです。"),
    "create_view_{object}": noop("条件・列・並び順を保存して、いつでも同じ一覧を開けます。"),
    "get_view_{object}": noop("ETag は版です。はじめからあるビューに ETag はありません。"),
    "change_view_{object}": noop(
        "送ったものだけを変更します。自分のビューを、共有されたビューはビューの共有を許された人が変更できます。"
    ),
    "trash_view_{object}": noop("ごみ箱に入れます。戻せます。"),
    "restore_view_{object}": noop("ごみ箱から戻します。ごみ箱になければそのままです。"),
    "pin_view_{object}": noop("自分の一覧の上に、タブとして並べます。"),
    "unpin_view_{object}": noop("ビューのメニューには残ります。"),
    "default_view_{object}": noop(
        "自分の一覧が、このビューで開くようになります。all ではじめの状態に戻ります。"
    ),
    "rename_object": noop("取引先を「得意先」と呼ぶなど、呼び名を会社に合わせます。kind は slug です。"),
    "list_field_requests": noop("見ることのできる記録についての申請を、新しいものから返します。"),
    "ask_for_field": noop(
        "記録を書ける人が、項目の追加を申請します。object は slug です。先に似た項目を確かめてください。"
    ),
    "similar_fields": noop(
        "名前や選択肢が似ている項目と申請です。かな、全角・半角、大文字・小文字、日本語・英語の違いは区別しません。"
    ),
    "get_field_request": noop("申請の内容と状態です。ETag は版です。"),
    "change_field_request": noop("申請した本人が、判断の前だけ変更できます。"),
    "withdraw_field_request": noop(
        "申請した本人が、判断の前だけ取り下げられます。台帳の行を元に戻せば戻ります。"
    ),
    "support_field_request": noop("ほかの人の申請に賛成します。もう一度呼んでも変わりません。"),
    "take_field_support_back": noop("自分の賛成を取り消します。"),
    "approve_field_request": noop("項目を作ってよいと決めます。設定を変更できる人のためのものです。"),
    "decline_field_request": noop("理由をつけて見送ります。理由は申請した人に伝わります。"),
    "reopen_field_request": noop("承認・見送りを取り消し、申請中に戻します。"),
    "make_requested_field": noop(
        "申請のとおりに、選択肢と見直し日もつけて項目を追加します。書いた設定だけが申請と変わります。"
    ),
    "field_usage_{object}": noop(
        "項目ごとに、値のある件数と割合、最後の入力、使っているビューと計算、見直し日です。why は見直す理由です。"
    ),
    "count_field_usage": noop("時間のかかる数え上げを処理に任せます。答えはその処理です。"),
    "review_field_{object}": noop("見直し日を決めます。on が null なら、見直し日はなくなります。"),
    "indexes_{object}": noop(
        "索引をつけられる項目ごとに、あるかどうかと大きさです。milliseconds は、1つにつき保存が遅くなる時間の目安です。"
    ),
    "switch_index_{object}": noop(
        "処理が作り、または外します。失敗したものや失われたもの（missing）は、もう一度 true を送ると作り直します。"
    ),
    "list_tags": noop("付けられるタグです。設定を変更できる人は、retired で使わなくしたものも読めます。"),
    "create_tag": noop("同じ名前のタグがあれば、その色が変わります。"),
    "change_tag": noop("名前や色を、すべての記録でいっぺんに変えます。"),
    "retire_tag": noop("どこにも表示されなくなります。戻せば、同じ記録に付いています。"),
    "restore_tag": noop("使わなくしたものでなければ、そのままです。"),
    "merge_tag": noop("このタグの付いた記録は、代わりに into のタグになります。答えは into のタグです。"),
    "add_field_{object}": noop("すぐに、画面・一覧・ファイル・APIで使えます。"),
    "order_fields_{object}": noop(
        "書かなかった項目は後に続きます。答えは追加した項目のすべてで、使わなくしたものも含みます。"
    ),
    "add_choice_{object}": noop("並びの最後に入ります。キーはここで決まり、ずっと変わりません。"),
    "order_choices_{object}": noop("キーを新しい順に並べます。書かなかったものは後に続きます。"),
    "get_field_{object}": noop("追加した項目の設定です。使わなくした項目も読めます。ETag は版です。"),
    "change_field_{object}": noop("送ったものだけを変更します。キーと種類は変わりません。"),
    "retire_field_{object}": noop("だれにも見えなくなります。値は残るため、いつでも戻せます。"),
    "restore_field_{object}": noop("前にあった値とともに戻します。"),
    "retype_field_{object}": noop(
        "すべての値を読み替え、読み替えられない値は空にします。preview を付けると、どうなるかだけを返します。"
    ),
    "change_choice_{object}": noop(
        "名前や色を変え、使わなくし、戻します。選ばれている記録では、選ばれたままです。"
    ),
    "replace_choice_{object}": noop(
        "この選択肢の記録を、すべて別の選択肢に変えます。多いときは裏側で進みます。台帳の行を元に戻せば、すべて戻ります。"
    ),
}


def explain(base: dict[str, Any]) -> None:
    """Puts the words of all operations into the language of whoever reads."""
    for methods in base["paths"].values():
        for operation in methods.values():
            if sentence := SENTENCES.get(operation["operationId"]):
                operation["description"] = sentence
    _translate(base)


def _translate(part: Any) -> None:
    if isinstance(part, list):
        for each in part:
            _translate(each)
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"summary", "description"} and isinstance(value, str) and value:
                part[key] = gettext(value)
            elif key == "tags":
                part[key] = [gettext(tag) for tag in value]
            else:
                _translate(value)
