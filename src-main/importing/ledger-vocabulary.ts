/**
 * What banks call the columns of a list of transactions, without accents (`ledger-words.ts` says how lists are read).
 * A word may stand in several lists: the values of a column decide.
 */
export const LEDGER_VOCABULARY = {
  /** Words that tell nothing about a column. */
  filler: `2 3 4 in en the of a an r s de la le du des el da do di del der die das des den och og i v ve w z na no nr eur euro euros usd
    gbp chf inr rs o u cheque czk kc pln zl huf ron sek nok dkk isk jpy cny rmb krw brl mxn clp cop ars try tl zar aud nzd cad sgd
    hkd myr thb idr php vnd bgn hrk rsd uah rub aed sar ils local currency waehrung wahrung`,

  date: `date dates datum dat dato data fecha fec f tag day dag dzien den dt datetime timestamp tarih tarihi *datum *dato
    *tag *dag *paiva *paev paivays kuupaev datums diena datetime dateop dateval *date *data jour dia giorno tanggal tgl ngay
    дата день ημερομηνια תאריך التاريخ 日付 日期 年月日 取引日 交易日 操作日 交易时间 交易時間 時間 时间 日時 거래일 일자 일시 날짜
    วันที่ datoa data_mov kpv kelt keltezes datuma`,
  booking: `buch* gebucht booking booked book post posting posted ksiegowania ksieg* zauctovan* zuctovan* zauct* boek*
    bokfor* bogfor* bokfort* comptab* contab* contable registraz* lancamento kirjaus* konyv* knjiz* entry проводк*
    記帳 记账 記賬 入账 入帳 기장 iegramat* irasym* kande* afgeschreven`,
  happened: `transaction transactions trans tran txn tx trn transak* transac* tranz* operac* operaz* operation* mov
    movim* mouvement* tehing* darijum* sandorio* islem oper ops проведен* операци* 取引 交易 거래 uskutecn* proveden*
    uitvoering* transactie* date_op dateop umsatz*`,
  completed: `complet* settle* settlement cleared clearing abschluss* rozlicz* finished zuctovan* execut* erledigt`,
  value: `value val valut* valeur valor wert wertstellung* wert* rente* interest waluty valor valyut* effective arvo* valor*
    起息 vert dateval`,

  amount: `amount amounts amt amout betrag betrage *betrag umsatz umsatze montant montants mt importe importes importo
    importi valor valore value wert kwota kwoty castka *castka suma sumy sum summa summe objem ciastka bedrag bedragen
    belopp belob beloeb *belob *belopp maara euroa osszeg iznos znesek vrednost tutar tutari ποσο сумма сума сумата iznosa
    金额 金額 入出金 거래금액 금액 gross brutto net netto montante jumlah nominal mutasi tien so_tien จำนวนเงิน סכום המבלג
    المبلغ cad us transaktionsbetrag total upphaed upphaeth movimiento`,
  notAmount: `local original foreign fremd* fee fees charge charges tax vat rate kurs exchange count anzahl number
    balance saldo rewards points cashback ursprung* auslagenersatz* entgelt* gebuhr* abweich* oplat* poplat* teenustasu
    instructed eredeti puvodni* blokad* blocked limit commission commissione comision comissao kommission`,
  debit: `debit debits debited dr db deb debet debets deebet debito debitos debitare debetas debeto debeta debe dare soll belast* lastschrift* sollbetrag
    withdraw* withdrew paid_out money_out cash_out =out outflow outflows outgoing outgoings spent spending spend payments
    charge charges cargo cargos addebit* uscit* uitgave* uitgaand* =af =ut =ud ut_fra ut_fra_konto obciaz* wyplat* rozchod* wydat* vyber*
    vydaj* vydej* odepsan* odchoz* ma_dati duguje isplat* breme terheles* kiadas kiadasok plati plata retrait* sortie* depense*
    saida* despesa* borc cikan ausgabe* ausgang* auszahlung* zulasten expense expenses purchase purchases egreso* egresos
    дебит*     retiro* giro giros pago pagos levantamento* дебет* расход* списан* χρεωση חובה בחובה разход* видатк* pengeluaran keluar debet_mutasi
    支出 出金 支払 引出 引き出し 払出 払い出し 借方 付款金额 転出 출금 찾으신 지급 提款 支取 ถอน ut_ur izdevumi debeta islaidos ghi_no`,
  credit: `credit credits credited cr cred kredit kredits kreedit credito creditos creditare kreditas kredito kredita haber avere haben gutschrift* habenbetrag
    deposit deposits deposited paid_in money_in cash_in =in inflow inflows incoming received receipts receipt abono
    abonos accredit* entrat* ontvang* inkomend* =bij =inn =ind inn_pa inn_pa_konto insatt* uznan* wplyw* wplat* przychod* vklad* prijem*
    prijm* pripsan* prichoz* dal potrazuje uplat* dobro jovairas* bevetel* incasari incasare versement* entree* recette* entrada*
    receita* alacak giren einnahme* eingang* einzahlung* zugunsten income earnings ingreso* ingresos deposito* depositos
    кредит* приход* поступл* зачисл* πιστωση זכות בזכות надходж* pemasukan masuk 收入 入金 預入 預り 預か 预入 お預 受入 貸方 存入 存款 収入
    입금 맡기신 ฝาก inn_til iemaksas kredita iplaukos ghi_co`,

  /** Both directions in one column. */
  bothWays: `入出金 出入金 收支 借贷 借貸 입출금 debitcredit creditdebit`,

  balance: `balance balances bal running saldo saldi *saldo saldo* kontostand* solde soldes sold zustatek* zustat* zostatok*
    stan stanje egyenleg* bakiye bakiyesi jaak likutis atlikums remaining remain closing kontobalance konto_stand accountbalance
    runningbalance остаток* залишок* баланс* υπολοιπο יתרה baki sisa so_du 余额 餘額 结余 結餘 残高 貸付 現在高 差引 잔액 잔고 คงเหลือ
    stand disponible disponivel disponibile`,
  notBalance: `start* opening before voor begin* anfang* initial initiale iniziale inicial poczatk* pocat* available
    verfugbar* disponible disponivel disponibile beschikbaar pred`,

  indicator: `dr cr debit credit debet kredit deebet kreedit d k c soll haben af bij indicator sign side type direction smer smer_uhrady
    creditdebet creditdebit deb_cred richtung kierunek znak vorzeichen cdtdbtind debitcredit in_out 收 支 借贷 借貸 收支 구분 入払
    signe segno sentido natureza flow`,

  customer: `customer customers client clients klient klienta kunde kunden kundennummer kundennr cliente borrower obligor
    debtor member user cust cif clientid customerid`,
  account: `account accounts acct acc ac konto kontonr kontonummer kontonumber *konto kontos ktonr auftragskonto iban bban rekening
    rekeningnummer rachunek rachunku rachunk* cuenta conta conto compte uctu ucet ucte cislo_uctu tili tilinumero tilinro
    kontonumero szamla szamlaszam racun racuna hesap cont contul loan loanid accountnumber accountid accountnum accountno
    сметка счет счета рахунок λογαριασμος חשבון 口座 账号 帳號 账户 帳戶 賬號 卡号 계좌 kontot kliendi_konto konts saskait* rek norek
    tai_khoan so_tai_khoan kartennummer card_number`,
  ownAccount: `auftragskonto own eigen* mein my kliendi_konto accountid account_id account_no account_number auftraggeberkonto
    klienta_konts source_account vlastni`,
  number: `id no nr num number nummer numer nro n key code cislo numero numer bank bban from_account 明細id 番号 番號 编号 編號 単号 单号 번호 流水号`,
  otherParty: `tegen* gegen* counter* counterpart* partner* payee payer beneficiary beneficiaire beneficiario protiuc* protistr*
    kontrahent* empfanger* empf* begunstigt* auftraggeber* zahlungs* zahler* avsender* avsandare* mottaker* mottagare* saaja* maksaja*
    odbiorc* nadawc* platce* prijemce* plati* destinat* ordenante* ordinante* beneficjent* naam name names recipient sender
    merchant creditor debtor remitter 对方 對方 相手 보낸 받는 opposing other to from przeciw* modtager* afsender* til fra
    contrepartie contraparte controparte dest_account docelowy zrodlowy na_konto z_konta partneri ellenoldal*`,

  currency: `currency currencies ccy cur curr waehrung wahrung whg devise devises divisa moneda moneta moeda waluta waluty
    mena meny munt valuta valuuta valuutta valiuta valuta_code devies devizanem penznem waehr valutacode doviz валюта νομισμα 通貨 货币 币种
    幣別 통화 mata_uang מטבע valutaslag`,
  foreignCurrency: `local original foreign fremd* exchange target source from to instructed betrags*`,
  status: `status state stav stan zustand statut estado stato situacao situation tila olek statuss busena allapot durum статус
    交易状态 当前状态 状态 狀態 状態 상태 info`,
  fee: `fee fees charge charges commission entgelt* gebuhr* frais comision comissao commissione oplata prowizja poplatek poplatky
    kosten avgift gebyr teenustasu 手续费 手数料 수수료 комиссия`,

  description: `description descriptions descr desc narration narrative narratives details detail particulars particular remarks remark memo
    text texts *text *texte verwendungszweck zweck vorgang umsatzart buchungstext bezeichnung libelle libelles concepto
    descripcion detalle descrizione causale dettagli descricao historico lancamento opis tytul tytulem szczegoly popis
    poznamka zprava typ rodzaj ucel omschrijving mededeling* mededelingen naam beskrivning beskrivelse tekst forklaring
    meddelande selitys viesti selgitus saaja_maksaja kozlemeny leiras descriere detalii aciklama aciklamasi namen описание
    назначение основание опис περιγραφη תיאור keterangan uraian dien_giai noi_dung 摘要 摘要内容 内容 明細 取引内容 お取り扱い内容
    备注 交易类型 商品 用途 附言 说明 적요 내용 거래내용 메모 รายการ payee payer merchant beneficiary counterparty name purpose title
    transaction_details type operation k_symbol subject rubrik otsikko nimi label info motif communication wording paskirtis
    maksajuma_merkis partner* empfanger* begunstigt* auftraggeber* kontrahent* merchant_name trntype narracion glosa concept`,
  notDescription: `category categorie kategorie kategoria categoria subcategory subcategoria kategori emoji note notes tag tags label_s labels
    attachment receipt address image imagen location timezone zeitzone cardholder balance id uuid bic swift swift_code blz bankleitzahl
    glaubiger* glaeubiger* mandat* creditor_id end_to_end bank_code kod_banku kod_banky sort_code branch_code`,
  time: `time uhrzeit zeit hora heure ora godzina cas saat время 时间 時刻 거래시간 kellonaeg klockslag tid`,
} as const;

/** States of a transaction that may still not happen, or did not. */
export const NOT_BOOKED = `pending pend declined denied reverted failed failure cancelled canceled cancel rejected reject refused
  unposted uncleared processing hold held expired voided void authorised authorized vorgemerkt* offen ausstehend abgelehnt
  storniert abgebrochen geweigerd geannuleerd afgewezen openstaand venter reserveret reservert reserverad vantande avvist
  avbruten avvisad annulleret varaus hylatty odottaa attente en_attente refuse refusee annule annulee rejete pendiente*
  rechazad* anulad* cancelad* in_attesa attesa rifiutat* annullat* stornat* pendente* recusad* rejeitad* oczekuj* odrzuc*
  anulowan* nierozlicz* cekajici ceka zamitnut* zrusen* cakajuc* zamietnut* fuggoben elutasitva bekliyor reddedildi ootel
  tagasi_lukatud laukiama atmesta gaida noraidits ожида* отклон* отмен* failed_transaction
  交易关闭 已关闭 失败 关闭 待 处理中 处理中 等待 取消 失敗 未確定 보류 대기 취소 실패`;

/** States of a transaction that happened. */
export const BOOKED = `completed complete booked posted settled cleared executed success successful done gebucht ausgefuhrt geaccepteerd
  uitgevoerd verwerkt geboekt udfort bokford bokfort kirjattu comptabilise execute effectue realizada realizado contabilizado
  eseguita contabilizzato efetuada concluida zaksiegowano zrealizowana rozliczone zauctovano provedeno teljesitve islemde
  tehtud ivykdyta izpildits исполнен* проведен* 交易成功 支付成功 已完成 成功 完了 완료 정상`;

/** How accounts of cards call what was paid back to them. */
export const PAID_BACK = `thank_you autopay payment_received payments_received payment_recd payments_and_credits payments_credits
  online_payment_received refund refunded refunds pagamento_recebido estorno reembolso paiement_recu remboursement
  zahlung_erhalten zahlungseingang zahlung_dankend erstattung pago_recibido gracias_por_su_pago abono_por_pago
  pagamento_ricevuto rimborso betaling_ontvangen terugbetaling お支払い`;

/** How printed balances and turnovers begin. */
export const BALANCE_LINES = `opening_balance opening_bal closing_balance closing_bal beginning_balance ending_balance starting_balance
  balance_brought balance_carried balance_forward balance_b balance_c brought_forward carried_forward b_f c_f start_balance end_balance
  anfangssaldo endsaldo kontostand_am saldovortrag anfangsbestand endbestand alter_kontostand neuer_kontostand
  anfangsstand endstand saldo_anterior saldo_inicial saldo_final saldo_do_dia saldo_dia saldo_total saldo_del_dia saldo_iniziale
  saldo_finale saldo_precedente saldo_contabile saldo_poczatkowe saldo_koncowe solde_initial solde_final solde_precedent ancien_solde
  nouveau_solde solde_au beginsaldo eindsaldo vorig_saldo nieuw_saldo ingaende_saldo utgaende_saldo inngaende_saldo
  primosaldo ultimosaldo alkusaldo loppusaldo algsaldo loppsaldo kaive likutis_pradziai likutis_pabaigai apyvarta
  sakuma_atlikums beigu_atlikums apgrozijums pocatecni_zustatek konecny_zustatek pociatocny_zostatok konecny_zostatok
  nyito_egyenleg zaro_egyenleg nyitoegyenleg zaroegyenleg pocetno_stanje zavrsno_stanje devreden_bakiye
  входящий_остаток исходящий_остаток total_debits total_credits totals total transactions_total fees_total s_a_l_d_o 合计
  期初余额 期末余额 承前 期初 期末 前月繰越 繰越残高 前期繰越 이월 전월이월`;

/** Codes of indicators: out and in. A single letter means something only beside its partner. */
export const SURE_SIGN_PAIRS: readonly (readonly [string, string])[] = [
  ['d', 'c'],
  ['d', 'k'],
  ['s', 'h'],
  ['dr', 'cr'],
  ['db', 'cr'],
  ['dt', 'kt'],
  ['wn', 'ma'],
  ['д', 'к'],
  ['дт', 'кт'],
  ['-', '+'],
  ['支', '收'],
  ['χ', 'π'],
];

/** Those that may mean anything else. */
export const SIGN_PAIRS: readonly (readonly [string, string])[] = [
  ['d', 'h'],
  ['d', 'a'],
  ['md', 'd'],
  ['c', 'a'],
  ['t', 'j'],
  ['w', 'd'],
  ['s', 'e'],
  ['u', 'i'],
  ['o', 'i'],
  ['a', 'b'],
];

/** Words of indicators. */
export const SIGN_WORDS = {
  neither: 'neutral 不计收支 其他 不计',
  out: `debit debits dr db dbit debet debeto debito deebet debe dare soll af bo out outgoing outflow withdrawal withdrawals withdraw
    expense spend spent sent paid_out money_out minus ausgang ausgabe belastung lastschrift vydaj vydej vyber odchozi odchadzajuca wydatek
    obciazenie wychodzace wychodzacy cargo cargos addebito uscita uscite saida despesa terheles kiadas ut ud uit utgift depense
    sortie borc gider расход списание дебет χρεωση purchase charge 支出 支 支払 出金 借 出 출금 지급 keluar kulu isplata odliv debitado`,
  into: `credit credits cr crdt kredit kreedit credito haben haber avere bij in incoming inflow deposit deposits income received
    receive paid_in money_in plus eingang einnahme gutschrift prijem prichozi prichadzajuca wplyw uznanie przychodzace przychodzacy abono
    abonos accredito entrata entrate entrada receita jovairas bevetel inn ind inkomst recette entree alacak gelir приход
    зачисление поступление кредит πιστωση refund 收入 收 入金 貸 入 입금 masuk tulu uplata priliv creditado`,
} as const;
