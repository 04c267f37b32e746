"""The rows of rooms whose addresses no longer fit into tests/house/routes.py, where the letters are explained."""

from __future__ import annotations

MORE = r"""
conversion:convert                       lead           Lffoo Lffoo
conversion:take_back                     lead           Lffnn Lffnn
conversion:reopen                       lead           Lmmmm Lffii
conversion:results                       converted many Lnnoo Lmmmm
conversion:settings                      -              Lnnno Lnnni
conversion:mapping                       -              Lnnno Lmmmm
conversion:drop_broken                   -              Lmmmm Lnnno
conversion:version                       mapping        Lmmmm Lnnno
conversion:field                         lead field     Lnnno Lnnno
distribution:queue                       -              Lonoo Lmmmm
distribution:why                         -              Lonoo Lmmmm
distribution:log                         -              Lnnno Lmmmm
distribution:effect                      -              Lnnno Lmmmm
distribution:distribute                  lead           Lmmmm Lfffr
distribution:settings                    -              Lnnno Lnnni
distribution:taker                       -              Lnnno Lnnni
distribution:trial                       -              Lnnno Lmmmm
distribution:new_rule                    -              Lnnno Lnnni
distribution:rule                        lead rule      Lnnno Lnnni
distribution:remove_rule                 lead rule      Lmmmm Lnnno
distribution:move_rule                   lead rule      Lmmmm Lnnno
passing:list                             -              Loooo Lmmmm
passing:report                           -              Loooo Lmmmm
passing:pass                             lead           Lffoo Lffii
passing:accept                           handing        Lmmmm Lffoo
passing:return                           handing        Lffoo Lffii
passing:settings                         -              Lnnno Lnnni
accounting:papers                        -              Loooo Lmmmm
accounting:papers_file                   -              Lmmmm Lofoo
accounting:journal                       -              Loooo Lmmmm
accounting:journal_file                  -              Lmmmm Lonoo
accounting:settings                      -              Lnnno Lnnni
accounting:close                         -              Lmmmm Lnnno
milestones:ahead                         -              Loooo Lmmmm
milestones:done                          milestone      Lmmmm Lffoo
milestones:lay                           order milestones Lmmmm Lffnn
milestones:plans                         -              Lnnno Lmmmm
milestones:new_plan                      -              Lnnno Lnnni
milestones:plan                          milestone plan Lnnno Lnnni
forecast:page                            -              Loooo Lmmmm
forecast:file                            -              Lofoo Lmmmm
forecast:targets                         -              Lfffo Lfffo
forecast:settings                        -              Lnnno Lnnni
documents:issuer                         -              Lnnno Lnnni
documents:seal                           -              Lnnnn Lmmmm
quotes:products                          -              Loooo Lmmmm
quotes:paper                             quote          Loooo Lmmmm
quotes:issue                             quote          Lmmmm Lffoo
quotes:revise                            issued quote   Lmmmm Lffoo
quotes:copy                              quote          Lmmmm Lofoo
quotes:void                              issued quote   Lffoo Lffii
quotes:ask                               quote          Lffoo Lffii
quotes:withdraw                          quote          Lmmmm Lffii
quotes:approve                           quote          Lmmmm Liiii
quotes:return                            quote          Lnnnn Lnnnn
quotes:answer                            issued quote   Lffoo Lffii
quotes:send                              issued quote   Lffoo Lffii
quotes:link                              issued quote   Lffoo Lffoo
quotes:revoke                            quote link     Lmmmm Lffoo
quotes:settings                          -              Lnnno Lnnni
quotes:offered                           quote token    ooooo iiiii
quotes:offered_paper                     quote token    ooooo mmmmm
documents:copy                           quote copy     Loooo Lmmmm
documents:change_seal                    -              Lmmmm Lnnni
records:live                             -              nnnnn mmmmm
records:news                             account        Loooo Lmmmm
messages:notices                         -              Loooo Lmmmm
messages:read_all                        -              Lmmmm Loooo
messages:notice                          notice         Lnnon Lmmmm
messages:read                            notice         Lmmmm Lnnon
messages:receiving                       -              Loooo Liiii
messages:push_on                         -              Lmmmm Liiii
messages:push_off                        -              Lmmmm Loooo
messages:push_test                       -              Lmmmm Loooo
messages:push_remove                     push device    Lmmmm Lnnon
messages:watch                           account        Lmmmm Loooo
messages:matrix                          -              Lnnno Lmmmm
messages:matrix_role                     matrix         Lnnno Lnnno
messages:matrix_shipped                  matrix         Lmmmm Lnnno
messages:matrix_condition                matrix cell    Lnnno Lnnno
messages:mail                            -              Lnnno Lmmmm
messages:mail_test                       -              Lmmmm Lnnno
messages:mail_send                       -              Lmmmm Lnnno
messages:release_sending                 -              Lmmmm Lnnni
messages:discard_sending                 -              Lmmmm Lnnni
messages:webhooks                        -              Lnnno Lmmmm
messages:new_webhook                     -              Lnnno Lnnni
messages:webhook_condition               -              Lnnno Lmmmm
messages:webhook                         webhook        Lnnno Lmmmm
messages:edit_webhook                    webhook        Lnnno Lnnni
messages:test_webhook                    webhook        Lmmmm Lnnno
messages:switch_webhook                  webhook        Lmmmm Lnnno
messages:change_secret                   webhook        Lmmmm Lnnno
messages:take_over_webhook               webhook        Lmmmm Lnnno
messages:remove_webhook                  webhook        Lmmmm Lnnno
messages:replay_webhook                  webhook        Lmmmm Lnnni
messages:drop_waiting                    webhook        Lmmmm Lnnno
messages:webhook_delivery                sending        Lnnno Lmmmm
messages:webhook_delivery_progress       sending        Lnnno Lmmmm
messages:send_webhook_again              sending        Lmmmm Lnnno
daily:mine                               -              Lonoo Lonoo
daily:draft                              -              Lmmmm Lonoo
daily:unread                             -              Lonoo Lmmmm
daily:all                                -              Lonoo Lmmmm
daily:of                                 daily          Lnnoo Lmmmm
daily:morning                            -              Lnnno Lmmmm
daily:share                              -              Lnnno Lnnni
daily:shared_list                        -              Loooo Lmmmm
daily:shared                             shared         Loooo Lmmmm
daily:withdraw                           shared         Lmmmm Lffff
daily:reopen                             daily_report   Lmmmm Lnnof
daily:read                               daily_report   Lmmmm Lnnoo
daily:settings                           -              Lnnno Lnnni
catalog:prices                           -              Loooo Lmmmm
deals:home                               -              Loooo Lmmmm
deals:move                               deal           Lffnn Lffnn
deals:person                             deal           Lffoo Lffii
deals:rival                              deal           Lffoo Lffii
deals:remove_person                      deal person    Lmmmm Lffoo
deals:remove_rival                       deal rival     Lmmmm Lffoo
deals:processes                          -              Lnnno Lnnni
deals:watch                              -              Lnnno Lnnni
deals:process                            process        Lnnno Lnnni
deals:carry                              process        Lnnno Lnnno
deals:new_stage                          process        Lnnno Lnnni
deals:stage                              stage          Lnnno Lnnni
deals:remove_stage                       stage          Lmmmm Lnnno
orders:ledger                            -              Loooo Lmmmm
orders:enter                             -              Lofoo Lifii
orders:lines                             order          Lffoo Lffoo
orders:confirm                           order          Lmmmm Lffoo
orders:preview                           order          Loooo Lmmmm
orders:cancel                            order          Lffoo Lffii
orders:deliver                           order          Lffoo Lffii
orders:buy                               order          Lffoo Lffii
orders:take_back                         delivery       Lffoo Lffii
orders:arrive                            purchase       Lffoo Lffii
orders:cancel_purchase                   purchase       Lffoo Lffii
billing:bill_order                       order          Lofoo Lofoo
billing:bill_delivery                    delivery       Lofoo Lofoo
billing:bill_account                     account        Lofoo Lofoo
billing:issue                            invoice        Lffoo Lffoo
billing:correct                          issued invoice Lffoo Lffii
billing:paper                            invoice        Loooo Lmmmm
billing:closing                          -              Lofoo Lmmmm
billing:closing_preview                  -              Lofoo Lifii
billing:closing_run                      closing run    Loooo Lmmmm
billing:send                             issued invoice Lffoo Lffii
billing:revoke                           invoice link   Lmmmm Lffoo
billing:receive                          -              Lofoo Lifii
billing:set_off                          payment        Lffoo Lffoo
billing:release                          payment        Lmmmm Lffii
billing:cancel                           payment        Lffoo Lffii
billing:bank                             -              Lfffo Lmmmm
billing:bank_take_in                     -              Lmmmm Lfffi
billing:bank_book_sure                   -              Lmmmm Lfffo
billing:bank_book                        bank line      Lmmmm Lfffi
billing:bank_aside                       bank line      Lmmmm Lfffo
billing:bank_take_up                     bank line      Lmmmm Lfffi
billing:receivables                      -              Loooo Lmmmm
billing:statement                        account        Loooo Lmmmm
billing:statement_pdf                    account        Loooo Lmmmm
billing:limit                            account        Lffoo Lffoo
billing:until_paid                       -              Loooo Lmmmm
billing:offered                          invoice token  ooooo mmmmm
billing:offered_paper                    invoice token  ooooo mmmmm
voices:summary                           -              Loooo Lmmmm
voices:pick                              talk           Lofoo Lifii
voices:take                              voice          Lmmmm Lffoo
voices:answer                            voice          Lffoo Lffii
voices:measure                           voice          Lffoo Lffoo
voices:settings                          -              Lnnno Lnnni
minutes:list                             -              Loooo Lmmmm
minutes:new                              -              Lofoo Lifii
minutes:read_new                         -              Lmmmm Lofoo
minutes:file                             -              Lmmmm Lifii
minutes:edit                             talk           Lffoo Lffoo
minutes:read                             talk           Lmmmm Lffoo
minutes:here                             talk           Lmmmm Lffoo
minutes:print                            talk           Loooo Lmmmm
minutes:templates                        -              Lfffo Lmmmm
minutes:new_template                     -              Lfffo Lfffi
minutes:template                         template       Lnnno Lnnni
minutes:apply                            template       Lmmmm Lnnnn
rules:book                               -              Loooo Lmmmm
rules:confirm                            -              Lmmmm Lnnnn
rules:compare                            -              Loooo Lmmmm
rules:edition                            edition        Loooo Lmmmm
rules:rules                              -              Lnnno Lmmmm
rules:install                            -              Lmmmm Lnnni
rules:new_rule                           -              Lnnno Lnnni
rules:fields                             -              Lnnno Lmmmm
rules:write                              -              Lnnno Lnnni
rules:publish                            -              Lnnno Lnnno
rules:readers                            -              Lnnno Lmmmm
rules:remind                             -              Lmmmm Lnnno
rules:rule                               rule           Lnnno Lnnni
rules:switch                             rule           Lmmmm Lnnno
rules:remove                             rule           Lmmmm Lnnno
dedupe:pairs                             -              Lonoo Lmmmm
dedupe:scan                              -              Lmmmm Lfnfo
dedupe:marks                             -              Lonoo Lmmmm
dedupe:bring                             -              Lonoo Linii
dedupe:export                            -              Lmmmm Lonoo
dedupe:export_marks                      -              Lmmmm Lonoo
dedupe:apart                             likeness       Lffoo Lffoo
dedupe:rejoin                            likeness       Lmmmm Lffii
dedupe:settings                          -              Lnnno Lnnni
dedupe:weighing                          -              Lnnno Lmmmm
handover:list                            -               Loooo Lmmmm
handover:new                             -               Loooo Liiii
handover:handover                        handover        Lnnoo Lmmmm
handover:progress                        handover        Lnnoo Lmmmm
handover:sheets                          handover        Lnnoo Lmmmm
handover:risk                            -               Loooo Lmmmm
handover:notice                          handover        Lnnoo Lnnoo
handover:letters                         handover        Lmmmm Lnnoo
handover:pdf                             handover        Lmmmm Lnnoo
handover:print                           handover        Lmmmm Lnnoo
handover:paper                           handover_paper  Lnnnn Lmmmm
handover:item_pdf                        handed customer Lmmmm Lnnoo
handover:turn                            handover        Lmmmm Lnnnn
handover:item                            handed customer Lnnoo Lmmmm
handover:note                            handed customer Lmmmm Lnnoo
handover:receive                         handed customer Lmmmm Lnnrr
merging:list                             -               Loooo Lmmmm
merging:export                           -               Lmmmm Lofoo
merging:new                              -               Lnnnn Lnnnn
merging:merge                            merge           Loooo Lmmmm
merging:undo                             merge           Lmmmm Lffoo
merging:same                             same pair       Loooo Lffoo
merging:unlink                           same pair       Lmmmm Lffii
cards:inbox                              -               Loooo Lmmmm
cards:count                              -               Loooo Lmmmm
cards:next                               -               Lnnno Lmmmm
cards:new                                -               Lonoo Linii
cards:add                                -               Lmmmm Linii
cards:card                               card            Lnnoo Lmmmm
cards:change                             card            Lmmmm Lnnoo
cards:desk                               card            Lnnoo Lnnii
cards:take                               card            Lmmmm Lnnoo
cards:candidates                         card            Lnnoo Lmmmm
cards:check                              card            Lnnno Lnnni
cards:checks                             -               Lnnno Lmmmm
cards:figures                            -               Lnnno Lmmmm
cards:mail                               -               Lnnno Lmmmm
cards:look_now                           -               Lmmmm Lnnnr
cards:letter                             card letter     Lnnno Lmmmm
cards:take_letter                        card letter     Lmmmm Lnnnr
cards:picture                            card            Lnnoo Lmmmm
cards:thumb                              card            Lnnoo Lmmmm
cards:settings                           -               Lnnno Lnnni
cards:try_mailbox                        -               Lmmmm Lnnnr
cards:forget_mailbox                     -               Lmmmm Lnnno
"""
