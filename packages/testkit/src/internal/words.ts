/** Words that the generators make people of. Ordinary Indonesian names, written down for this purpose. */

const words = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/)

export const maleNames = words(`
  Adi Aditya Agung Agus Akbar Aldi Alfian Andi Andri Angga Anton Ardi Ari Arif Aris Asep Bagas Bagus Bambang Bayu Beni
  Bima Bintang Budi Burhan Cahyo Candra Cecep Dadang Danang Dani Darma Dedi Denny Deni Dian Didik Dimas Doni Edi Eko
  Endang Erwin Fadli Fahmi Fajar Fandi Farhan Ferdi Firman Galih Gilang Guntur Hadi Hafiz Hamzah Hari Haris Hendra Heri
  Herman Heru Husein Ibrahim Idris Ilham Imam Indra Irfan Irwan Iskandar Ismail Iwan Jaka Jamal Joko Kadir Karno Kurnia
  Latif Lukman Luthfi Mahmud Malik Mansur Marwan Maulana Mulyadi Mustafa Nanang Nasrul Nugroho Nurdin Oman Purnomo Putra
  Rahmat Raka Rangga Reza Rian Ridwan Rizki Rudi Rusdi Rusli Sahrul Saiful Saleh Samsul Sandi Satria Slamet Soleh Sugeng
  Suharto Sukardi Sunarto Supardi Suparman Surya Sutrisno Suwarno Syarif Taufik Teguh Tono Toto Tri Udin Ujang Umar
  Usman Wahyu Wawan Widodo Wisnu Yanto Yoga Yudi Yusuf Zaenal Zaki Zulkifli
`)

export const femaleNames = words(`
  Ade Aisyah Alya Amelia Ana Anggi Ani Anisa Aprilia Asih Astuti Ayu Bunga Citra Dahlia Desi Dewi Diah Dina Dini Elis
  Elly Elok Endah Eni Erna Eva Fatimah Febri Fitri Fitria Gita Halimah Hana Hanifah Hartini Hasna Hera Ida Ika Indah
  Indri Intan Ira Irma Isna Jamilah Juwita Kartika Kartini Kasih Khadijah Komariah Kurniasih Laila Laras Lastri Lela Lestari
  Lia Lilis Lina Lisa Marni Martini Maryam Maya Mega Melati Meri Mirna Mulyani Mutiara Nabila Nadia Nani Neneng Nia Nining
  Nita Novi Nuraini Nurhayati Nurul Oktavia Popi Puji Putri Rahma Rani Ratih Ratna Reni Rika Rina Rini Risma Rita Rosita
  Rumini Salma Sarah Sari Sarinah Sekar Sinta Suharti Sukarni Sulastri Sumiati Sundari Suparti Surti Susanti Suti Tati
  Tika Tini Titin Tuti Ulfah Umi Uswatun Utami Vera Wahyuni Wati Widya Winarti Wulan Yanti Yati Yeni Yuliana Yuni Zahra
  Zubaidah
`)

export const maleSeconds = words(`
  Abidin Afandi Alamsyah Amirudin Anwar Ardiansyah Arifin Asmara Atmaja Baskoro Cahyadi Cahyono Darmawan Effendi
  Fadilah Fathoni Fauzi Firmansyah Gunadi Gunawan Hakim Halim Hanafi Handoko Hartono Hasan Hermawan Hidayat Irawan
  Iskandar Jatmiko Junaedi Kartono Kosasih Kurniawan Kusnadi Kusuma Mahendra Mahfud Marzuki Mubarok Mulyana Mustofa
  Nasution Nugraha Nurhadi Permana Prabowo Pradana Prasetyo Pratama Priyono Purnama Purwanto Rachman Ramadhan Riyadi
  Rosyid Rustandi Saputra Santoso Sasongko Setiadi Setiawan Siregar Subagyo Sucipto Sudrajat Suherman Sujana Sulaiman
  Supriadi Supriyanto Suryadi Susanto Susilo Sutanto Suwandi Syahputra Tanjung Triyono Utomo Wibowo Wicaksono Widianto
  Wijaya Winarno Wirawan Yulianto Yuwono Zulfikar
`)

export const femaleSeconds = words(`
  Aminah Andriani Anggraini Apriliani Ariani Astari Aulia Azizah Cahyani Damayanti Daryati Dwiyanti Fadhilah Farida
  Fatmawati Handayani Hapsari Hasanah Hastuti Hayati Herawati Herlina Hidayah Indriani Istiqomah Julianti Khasanah
  Khoirunnisa Kumalasari Kurniawati Kusumawati Larasati Lestari Maharani Maimunah Maisaroh Marlina Maulida Mulyasari
  Munawaroh Musyarofah Ningrum Ningsih Novitasari Nurjanah Oktaviani Pangestuti Permatasari Pertiwi Pratiwi Purnamasari
  Puspita Puspitasari Rahayu Rahmawati Rahmadani Ratnasari Rohani Rohmah Romlah Rosmawati Rukmini Safitri Salamah
  Saraswati Septiani Setiawati Setyowati Solihah Suciati Suhartini Sukmawati Sulistyowati Suryani Susilowati Syarifah
  Trisnawati Uswah Utaminingsih Wahyuningsih Wardani Widiastuti Widowati Wijayanti Wulandari Yuliani Yulianti Yuniarti
  Zulaikha
`)

/** Second words after Abdul. */
export const servants = words(
  "Rahman Rahim Aziz Azis Ghofur Gofar Hamid Hadi Halim Jabar Kadir Karim Latif Majid Malik Muis Qodir Rohim Rosyid Salam Somad Wahab Wahid"
)

/** What follows Muhammad and Ahmad as often as not. */
export const maleFaithful = words(
  "Rizki Fauzi Ridwan Yusuf Ilham Hafiz Arif Fahmi Iqbal Hanif Zaki Akbar Farhan Syafii Nasir Rafli Ihsan Daffa Naufal Faisal Sholeh Basri"
)

/** What follows Siti and Nur. */
export const femaleFaithful = words(
  "Aminah Aisyah Fatimah Khadijah Maryam Zulaikha Rohmah Maesaroh Hasanah Nurjanah Rahmah Halimah Jubaedah Romlah Mariam Fadilah Azizah Khotimah Rodiah Sarah Juariah Masitoh"
)

export const balineseOrder = words("Wayan Made Nyoman Ketut Putu Kadek Komang")

export const foreignGiven = {
  male: words("Minho Jisung Haruto Daichi Wei Jian Arjun Vikram Liam Oscar Lukas Pierre Marco Diego Tunde"),
  female: words("Jiwoo Haeun Sakura Yuki Mei Lin Priya Anjali Emma Freya Clara Sofia Chiara Lucia Amara")
}

export const foreignFamily = words(
  "Park Kim Tanaka Suzuki Wang Chen Sharma Patel Smith Hansen Weber Dubois Rossi Garcia Okafor"
)

export const streets = words(
  "Melati Mawar Kenanga Anggrek Cempaka Dahlia Flamboyan Kamboja Teratai Sakura Merpati Elang Kutilang Garuda Cendrawasih Mangga Jambu Rambutan Durian Salak Merdeka Pahlawan Veteran Pemuda Gatot Beringin Jati Mahoni Cemara Akasia"
)

export const employers = words(
  "Sinar Maju Karya Abadi Mitra Sejahtera Cipta Mandiri Sumber Rejeki Prima Lestari Bintang Utama Surya Gemilang"
)

export const helperRelations = ["cucu", "anak", "keponakan", "tetangga", "kader posyandu", "ketua RT"]
