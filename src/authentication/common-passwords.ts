/**
 * Words that common passwords are made of, without capitals and diacritics: the head of the published lists of leaked passwords,
 * and what stands in their place in Vietnamese. A password is common when little is left of it without these, without
 * runs such as "12345" and without repetition, so that a list of words does the work of one of millions of lines.
 */
export const commonWords: readonly string[] = `
password passwort passwd pass qwerty qwertyuiop qwer asdfgh asdfghjkl asdf zxcvbnm zxcv qazwsx qazwsxedc wasd
iloveyou ilove loveyou love lovely forever admin administrator root user guest test demo temp welcome login letmein
master monkey dragon shadow sunshine princess prince superman batman spiderman football baseball basketball soccer
hello hellokitty freedom whatever trustno starwars pokemon naruto doraemon computer internet samsung iphone nokia
apple google gmail yahoo hotmail facebook zalo viber tiktok youtube microsoft windows android secret private default
changeme change access killer ninja mustang michael jordan charlie daniel jessica ashley thomas andrew money lucky
liverpool chelsea arsenal barcelona manchester united realmadrid juventus ronaldo messi summer winter spring autumn
monday friday january december abcdef abcd abc xyz aaa company office server system security

matkhau matkhaumoi matkhaucuatoi quenmatkhau khongnho khongbiet khongco khongquen dangnhap taikhoan nguoidung
vietnam vietnamese toiyeuvietnam hanoi saigon hochiminh haiphong danang cantho hue nhatrang dalat hungyen soctrang
kontum dongnai yeunuoc tocquoc bacho dangcongsan conganh congan quandoi chinhphu nhanvien canbo dichvucong motcua
dinhdanh cancuoc congdan vneid tthc
anhyeuem emyeuanh yeuanh yeuem yeumoinguoi toiyeuem toiyeu yeu tinhyeu tinhyeucuatoi nguoiyeu vochong voyeu
chongyeu conyeu congai contrai bome bame chame giadinh hanhphuc maimai mottinhyeu motminh codon buon vuive
anhhung cuocsong tuonglai thanhcong maymanphattai phatloc phattai hoahong hoasen conheo conmeo concho
nguyen tran pham hoang huynh phan
chelseavodich toilaai noinho lamsao chiyeuminhem yeuminhem khongyeu
motngay mothaiba haiba mothaibabonnam
`
  .trim()
  .split(/\s+/)
  .toSorted((a, b) => b.length - a.length);
